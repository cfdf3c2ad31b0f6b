import { setTimeout } from 'node:timers/promises';
import { startReceiver, startStack } from '../chaos/start-stack.ts';
import type { BenchOptions } from './bench-options.ts';
import type { Figure } from './figure.ts';
import { nextPayload } from './lead-payload.ts';
import { postOne } from './start-worker.ts';
import { countStorage } from './storage-counter.ts';
import { watchArrivals } from './watch-arrivals.ts';

const bellEnd = 'queue DELETE /bells/messages/<id>';
const minutesADay = 24 * 60;
const sweepsADay = 288;
const usualTimes = { DELIVERY_RETRY_FIRST: 'PT30S', DELIVERY_ATTEMPT_TIMEOUT: 'PT60S', LEAD_SWEEP_SCHEDULE: '0 0 0 1 1 *' };

/** Operations on storage, counted on the wire: a lead's whole way with one and with two destinations, and a day on which nothing happens. */
export async function benchOperations({ quick, report, openStorage }: BenchOptions): Promise<Figure[]> {
	const leads = quick ? 5 : 50;
	const accounts = await openStorage(2);
	const figures: Figure[] = [];
	try {
		for (const [index, destinations] of ['crm', 'email;crm'].entries()) {
			report(`storage operations with ${destinations}`);
			const { sandbox } = await startReceiver();
			const arrivals = await watchArrivals(sandbox.url);
			const { gate, take, peek } = countStorage();
			const settings = { ...usualTimes, LEAD_DESTINATIONS: destinations };
			const stack = await startStack({ connectionString: accounts.connectionString(index), sandbox, gate, settings });
			const mails = destinations.includes('email') ? 1 : 0;
			/** The last operation of a lead's way, its bell's end, comes after its arrival. */
			const bellsEnded = async (bells: number) => {
				while ((peek().byKind[bellEnd] ?? 0) < bells) await setTimeout(20);
			};
			try {
				await postOne(stack.intakeUrl, nextPayload());
				await arrivals.until((state) => state.leads >= 1 && state.mails >= mails);
				await bellsEnded(1);
				take();
				for (let number = 1; number <= leads; number++) {
					await postOne(stack.intakeUrl, nextPayload());
					await arrivals.until((state) => state.leads > number && state.mails >= mails * (number + 1));
				}
				await bellsEnded(leads);
				const { operations, cooldownReads, byKind } = take();
				figures.push({
					part: 'operations',
					what: `storage operations a lead, ${mails + 1} destination${mails ? 's' : ''}`,
					value: operations / leads,
					unit: '',
					aim: { atMost: 8 + mails },
					note: `${cooldownReads} cooldown rows read for ${leads} leads`,
				});
				for (const [kind, count] of Object.entries(byKind)) report(`  ${(count / leads).toFixed(2)} ${kind}`);
				if (mails === 0) continue;
				report('an idle minute');
				await setTimeout(quick ? 0 : 5000); // until the listener looks out at its slowest
				take();
				const idleMs = quick ? 2500 : 60_000;
				await setTimeout(idleMs);
				const idle = take();
				const pollsAMinute = (idle.emptyPolls / idleMs) * 60_000;
				await stack.sweep();
				await setTimeout(quick ? 1000 : 3000);
				const swept = take();
				const sweepOperations = swept.operations + swept.cooldownReads;
				figures.push(
					{ part: 'operations', what: 'empty polls of the bells a minute', value: pollsAMinute, unit: '', note: 'one instance that stays' },
					{
						part: 'operations',
						what: 'storage operations of an idle sweep',
						value: sweepOperations,
						unit: '',
						note: `${swept.rows} rows read`,
					},
					{
						part: 'operations',
						what: 'storage operations an idle day, an instance that stays',
						value: pollsAMinute * minutesADay + sweepOperations * sweepsADay,
						unit: '',
						note: `${sweepsADay} sweeps; the minute × ${minutesADay}`,
					},
				);
			} finally {
				arrivals.stop();
				await stack.stop();
				await sandbox.close();
			}
		}
	} finally {
		await accounts.stop();
	}
	return figures;
}
