import { decideDestinations } from '../shared/accept/decide-destinations.ts';
import { readReceipt } from '../shared/accept/read-receipt.ts';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { tryEach } from '../shared/basics/try-each.ts';
import { newDelivery } from '../shared/delivery/delivery.ts';
import { ringUntilOneFails } from './ring-until-one-fails.ts';
import { mostPerRun, type SweepDeps } from './sweep-deps.ts';

/** Where the last run stopped, so that leads which stay undecided do not hide those behind them. */
let continueAfter = 0;

/** Gives undecided leads the deliveries that the settings now name. How many were given one or became decided. */
export async function decideUndecided(deps: SweepDeps): Promise<number> {
	const { settings, clock, deadline, journal, log, over } = deps;
	const ring = ringUntilOneFails(deps);
	const table = await journal();
	const now = clock();
	const tickets = await table.tickets('undecided', { after: continueAfter, until: now, most: mostPerRun }, deadline(storageTimeoutMs.step));
	continueAfter = settings.destinationsDecided || tickets.length < mostPerRun ? 0 : (tickets.at(-1)?.time ?? 0);
	let decided = 0;
	await tryEach(
		tickets,
		async ({ id }) => {
			const lead = await table.find(id, deadline(storageTimeoutMs.step));
			const reading = lead && readReceipt(lead);
			if (!lead || !reading?.ok) return;
			const { destinations, undecided, journalOnly } = await decideDestinations(reading.lead, settings);
			const moves = destinations.filter((name) => !lead.deliveries[name]).map((destination) => ({ destination, to: newDelivery(now) }));
			if (moves.length === 0 && undecided) return;
			const nowhere = Object.keys(lead.deliveries).length === 0 && journalOnly;
			const decision = undecided ? undefined : nowhere ? { journalOnly: nowhere } : {};
			if ((await table.move(lead, moves, deadline(storageTimeoutMs.step), decision)) === 'lost') return;
			decided++;
			if (moves.length === 0) return;
			const code = await ring(id);
			if (code !== 'rung') log({ event: 'bell.failed', level: 'warn', leadId: id, code });
		},
		over,
	);
	return decided;
}
