import { spillQueue } from '../shared/accept/spill.ts';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { namesOf } from '../shared/delivery/destination-kind.ts';
import { countNotKept, type Journal, type TicketList } from '../shared/journal/journal.ts';
import { holdsBack, issueName } from '../shared/settings/settings.ts';
import { countMessages } from '../shared/storage/messages.ts';
import { storageBlame } from '../shared/storage/storage-refusal.ts';
import type { SweepDeps } from './sweep-deps.ts';

/** Counting stops here: who has so many knows that it is many. */
const mostCounted = 5000;

/**
 * Logs the state that alerts read, so that a missed event is not a missed alert. Each part is read by itself: what cannot be read is left out and named
 * in `unread`, and why storage refuses the app is named too. Throws, after that, what the first part failed with.
 */
export async function reportJournal(deps: SweepDeps): Promise<void> {
	const { settings, clock, log } = deps;
	const now = clock();
	const { spilled, lastLeadAt, beganAt, undecided, parked, rejected, rejectedNotKept, pending, cooldowns, failures } = await readParts(
		deps,
		now,
	);
	const heldBack = cooldowns?.map((known, index) => (known?.cooldown.why === 'heldBack' ? (pending?.[index]?.length ?? 0) : 0));
	const waiting = pending && undecided && [...pending.flat(), ...undecided];
	const blames = new Map(
		failures.flatMap(({ error, service }) => storageBlame(error, service) ?? []).map(({ name, problem }) => [name, problem]),
	);
	const refusing = [...(cooldowns ?? []).flatMap((known) => known?.cooldown.names ?? []), ...blames.keys()];
	const atFault = (issues: typeof settings.issues) => [...new Set([...issues.map(issueName), ...refusing])];
	for (const [name, problem] of blames) log({ event: 'delivery.misconfigured', level: 'error', names: [name], problem });
	log({
		event: 'journal.checked',
		pending: pending?.flat().length,
		oldestPendingMs: waiting?.reduce((oldest, { receivedAt }) => Math.max(oldest, now - receivedAt), 0),
		undecided: undecided?.length,
		misconfigured: atFault(settings.issues),
		blocking: atFault(settings.issues.filter((issue) => holdsBack(issue, settings))),
		heldBack: pending && heldBack?.reduce((sum, count) => sum + count, 0),
		parked: parked?.length,
		rejected: rejected?.length,
		rejectedNotKept,
		spilled,
		...(lastLeadAt !== undefined && { lastLeadAt: new Date(lastLeadAt).toISOString() }),
		...(beganAt !== undefined && { journalSince: new Date(beganAt).toISOString() }),
		...(failures.length > 0 && { unread: failures.map(({ part }) => part) }),
	});
	if (failures[0]) throw failures[0].error;
}

/** Every part that could be read, all side by side; of the others, what went wrong. */
async function readParts({ settings, deadline, journal, queue }: SweepDeps, now: number) {
	const failures: { part: string; service: 'Table' | 'Queue'; error: unknown }[] = [];
	const read = async <Part>(part: string, service: 'Table' | 'Queue', ask: (signal: AbortSignal) => Promise<Part>) => {
		try {
			return await ask(deadline(storageTimeoutMs.step));
		} catch (error) {
			failures.push({ part, service, error });
			return undefined;
		}
	};
	const fromJournal = <Part>(part: string, ask: (table: Journal, signal: AbortSignal) => Promise<Part>) =>
		read(part, 'Table', async (signal) => ask(await journal(), signal));
	const tickets = (table: Journal, list: TicketList, signal: AbortSignal) =>
		table.tickets(list, { until: Number.MAX_SAFE_INTEGER, most: mostCounted }, signal);
	// What waits for a destination that no setting names any more is complained about too.
	let named: Promise<DestinationName[]> | undefined;
	const ofEach = <Part>(part: string, ask: (table: Journal, name: DestinationName, signal: AbortSignal) => Promise<Part>) =>
		fromJournal(part, async (table, signal) => {
			named ??= table.named(signal);
			const names = new Set([...namesOf(settings.kinds), ...(await named)]);
			return Promise.all([...names].map((name) => ask(table, name, signal)));
		});
	const list = (name: TicketList) => fromJournal(name, (table, signal) => tickets(table, name, signal));
	const [spilled, lastLeadAt, beganAt, undecided, parked, rejected, pending, cooldowns] = await Promise.all([
		read('spilled', 'Queue', async (signal) => countMessages(await queue(spillQueue), signal)),
		fromJournal('lastLeadAt', (table, signal) => table.latest(signal)),
		fromJournal('journalSince', (table, signal) => table.began(now, signal)),
		list('undecided'),
		list('parked'),
		list('rejected'),
		ofEach('pending', tickets),
		ofEach('heldBack', (table, name, signal) => table.readCooldown(name, signal)),
	]);
	const since = rejected?.[0]?.receivedAt;
	const rejectedNotKept =
		since === undefined
			? rejected && 0
			: await fromJournal('rejectedNotKept', (table, signal) => countNotKept(table, { since, until: now }, signal));
	return { spilled, lastLeadAt, beganAt, undecided, parked, rejected, rejectedNotKept, pending, cooldowns, failures };
}
