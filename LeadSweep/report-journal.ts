import { type DestinationName, destinationNames } from '../shared/destinations/destination.ts';
import { spillQueue } from '../shared/journal/spill.ts';
import { countMessages } from '../shared/storage/count-messages.ts';
import { type Sweeper, storageTimeoutMs } from './sweeper.ts';

/** Counting stops here: who has so many knows that it is many. */
const mostCounted = 5000;

/** Logs the state that alerts read, so that a missed event is not a missed alert. */
export async function reportJournal({ settings, clock, deadline, journal, queue, log }: Sweeper): Promise<void> {
	const now = clock();
	const table = await journal();
	const tickets = (list: DestinationName | 'undecided' | 'parked' | 'rejected') =>
		table.tickets(list, { until: Number.MAX_SAFE_INTEGER, most: mostCounted }, deadline(storageTimeoutMs));
	const [spilled, lastLeadAt, undecided, parked, rejected, ...pending] = await Promise.all([
		countMessages(await queue(spillQueue), deadline(storageTimeoutMs)),
		table.latest(deadline(storageTimeoutMs)),
		tickets('undecided'),
		tickets('parked'),
		tickets('rejected'),
		...destinationNames.map(tickets),
	]);
	const rests = await Promise.all(destinationNames.map(async (name) => (await table.readRest(name, deadline(storageTimeoutMs)))?.rest));
	const heldBack =
		rests[destinationNames.indexOf('email')]?.why === 'heldBack' ? (pending[destinationNames.indexOf('email')]?.length ?? 0) : 0;
	const waiting = [...pending.flat(), ...undecided];
	log({
		event: 'journal.checked',
		pending: pending.flat().length,
		oldestPendingMs: waiting.reduce((oldest, { receivedAt }) => Math.max(oldest, now - receivedAt), 0),
		undecided: undecided.length,
		misconfigured: [...new Set([...settings.issues.map(({ setting }) => setting), ...rests.flatMap((rest) => rest?.names ?? [])])],
		heldBack,
		parked: parked.length,
		rejected: rejected.length,
		spilled,
		...(lastLeadAt !== undefined && { lastLeadAt: new Date(lastLeadAt).toISOString() }),
	});
}
