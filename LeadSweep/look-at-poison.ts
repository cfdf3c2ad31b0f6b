import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { isDue } from '../shared/delivery/attempt.ts';
import { leadIdsOfBell, poisonQueue } from '../shared/queues/bell.ts';
import { drainQueue } from '../shared/storage/messages.ts';
import { ringUntilOneFails } from './ring-until-one-fails.ts';
import { mostPerRun, type SweepDeps } from './sweep-deps.ts';

/**
 * Looks at the leads of poison messages as at those of bells, and rings for what is due. A lead whose every look fails comes back here by each bell that is
 * rung for it: so that bells never multiply, it is rung once a run at most, and not at all when it is overdue, because `ringOverdue` then rings. How many
 * messages were taken.
 */
export async function lookAtPoison(deps: SweepDeps): Promise<number> {
	const { queue, deadline, log, over } = deps;
	const ring = ringUntilOneFails(deps);
	const seen = new Set<string>();
	const look = async (leadId: string) => {
		const why = seen.has(leadId) ? 'seen in this run' : undefined;
		seen.add(leadId);
		const notRung = why ?? (await whyNotRung(leadId, deps));
		log({ event: 'poison.taken', level: 'warn', leadId, ...(notRung ? { bell: 'none', why: notRung } : { bell: await ring(leadId) }) });
	};
	const take = async (text: string) => {
		const leadIds = leadIdsOfBell(text);
		if (leadIds.length === 0) log({ event: 'poison.taken', level: 'warn', bell: 'none', why: 'not a bell' });
		await Promise.all(leadIds.map(look));
	};
	return drainQueue(await queue(poisonQueue), take, {
		most: mostPerRun,
		visibilityS: 60,
		deadline: () => deadline(storageTimeoutMs.step),
		over,
	});
}

/** Why no bell is wanted for a lead; undefined when one is. The journal is the truth: taking a message of a lead that cannot be read loses nothing. */
async function whyNotRung(leadId: string, { settings, clock, deadline, journal }: SweepDeps): Promise<string | undefined> {
	try {
		const lead = await (await journal()).find(leadId, deadline(storageTimeoutMs.step));
		if (!lead) return 'unknown lead';
		const due = Object.values(lead.deliveries).filter((delivery) => isDue(delivery, clock()));
		if (due.length === 0) return 'not due';
		return due.some((delivery) => delivery.due <= clock() - settings.attemptTimeoutMs) ? 'overdue' : undefined;
	} catch (error) {
		return codeOf(error);
	}
}
