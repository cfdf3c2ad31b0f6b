import { spillQueue } from '../accept/spill.ts';
import { type CheckLine, checkTimeoutMs, ok, warning } from '../basics/check-line.ts';
import { cooldownReasons } from '../delivery/cooldown.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { kindOf, namesOf } from '../delivery/destination-kind.ts';
import type { Journal } from '../journal/journal.ts';
import { timeText } from '../operate/time-words.ts';
import { storageCode } from '../storage/account/storage-error.ts';
import { countMessages } from '../storage/messages.ts';
import type { CheckDeps } from './check.ts';
import { storageTrouble } from './storage-trouble.ts';

/** Counting stops here. */
const mostCounted = 1000;
const hourMs = 3_600_000;

/** What the journal tells about how things are going: what waits, and for whom. */
export async function checkJournal(deps: CheckDeps, found: CheckLine[] = []): Promise<CheckLine[]> {
	if (!deps.settings.storage) return [];
	try {
		return await look(await deps.journal(), found, deps);
	} catch (error) {
		// A journal that is missing is new: the check of storage makes it.
		if (storageCode(error) === 'TableNotFound') return [ok('journal', 'It is empty.')];
		return [{ ...storageTrouble(error, 'The journal', 'Storage Table Data Contributor', deps.settings), check: 'journal' }];
	}
}

async function look(journal: Journal, found: CheckLine[], deps: CheckDeps): Promise<CheckLine[]> {
	const { clock, deadline, queue, settings } = deps;
	const names = namesOf(settings.kinds);
	const signal = deadline(checkTimeoutMs);
	// Before anything is asked: a question that no one awaits any more would end the process when it fails.
	const spill = await queue(spillQueue);
	const count = async (list: DestinationName | 'undecided' | 'parked' | 'rejected', until = Number.MAX_SAFE_INTEGER) =>
		(await journal.tickets(list, { until, most: mostCounted }, signal)).length;
	const [undecided, parked, rejected, spilled, latest, ...overdue] = await Promise.all([
		count('undecided'),
		count('parked'),
		count('rejected'),
		countMessages(spill, signal),
		journal.latest(signal),
		...names.map((name) => count(name, clock() - hourMs)),
	]);
	const late = overdue.reduce((sum, one) => sum + one, 0);
	const say = (many: number, what: string, next: string) =>
		many > 0 ? [warning('journal', `${many}${many === mostCounted ? ' or more' : ''} ${what}`, next)] : [];
	const lines = [
		...say(undecided, 'undecided: no destination is known for these leads.', 'Fix LEAD_DESTINATIONS; the next sweep then delivers them.'),
		...say(parked, 'parked: someone must decide about these deliveries.', 'npm run leads -- list --state parked'),
		...say(rejected, 'rejected: these payloads could not be read as leads.', 'npm run leads -- list --state rejected'),
		...say(
			spilled,
			`in the queue ${spillQueue}: the journal could not be written when they came.`,
			'Wait for the next sweep; if they are still there after it, look for sweep.failed in the logs (docs/operate.md#logs).',
		),
		...say(
			late,
			'overdue for more than an hour: the sweep does not run, or a destination cools down.',
			'Look for journal.checked and sweep.failed in the logs (docs/operate.md#logs).',
		),
		...(await Promise.all(names.map((name) => cooldownLine(journal, name, found, deps)))).flat(),
	];
	if (lines.length > 0) return lines;
	return [
		ok('journal', latest === undefined ? 'It is empty.' : `Nothing needs a decision; the latest lead arrived at ${timeText(latest)} UTC.`),
	];
}

/** @param found what the checks of the destinations have found: what they find healthy is not to be fixed */
async function cooldownLine(journal: Journal, name: DestinationName, found: CheckLine[], deps: CheckDeps): Promise<CheckLine[]> {
	const { clock, deadline } = deps;
	const { cooldown } = (await journal.readCooldown(name, deadline(checkTimeoutMs))) ?? {};
	if (!cooldown || cooldown.until <= clock()) return [];
	const paused = `Deliveries to ${name} are paused until ${timeText(cooldown.until)} UTC: ${cooldownReasons[cooldown.why]} (${cooldown.code})`;
	if (cooldown.why === 'heldBack') return [warning('journal', `${paused}.`, 'Wait: they are sent in the next hour.')];
	const retry = `npm run leads -- retry --destination ${name}`;
	if (foundHealthy(name, found, deps))
		return [warning('journal', `${paused}, but the checks find nothing wrong with it.`, `Do not wait: ${retry}`)];
	const next = cooldown.names?.length
		? `Fix the cause (${cooldown.names.join(', ')}), then: ${retry}`
		: 'Wait: it is tried again automatically.';
	return [warning('journal', `${paused}.`, next)];
}

/** Whether the lines of the live checks find nothing wrong with a destination. A check without a result does not count as healthy. */
export function foundHealthy(destination: DestinationName, lines: CheckLine[], { settings }: Pick<CheckDeps, 'settings'>): boolean {
	const { checkNames: [check, ...others] = [] } = kindOf(settings.kinds, destination) ?? {};
	if (check === undefined) return false;
	const levels = (names: string[]) => lines.filter((line) => names.includes(line.check)).map(({ level }) => level);
	const first = levels([check]);
	const works = first.length > 0 && first.every((level) => level === 'ok') && !levels([check, ...others]).includes('failure');
	return works && !settings.issues.some(({ blocks }) => blocks.includes(destination));
}
