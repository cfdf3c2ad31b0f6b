import { setTimeout } from 'node:timers/promises';
import { spillQueue } from '../shared/accept/spill.ts';
import { journalTable } from '../shared/journal/table/table-journal.ts';
import { bellQueue } from '../shared/queues/bell.ts';
import { openQueue } from '../shared/storage/open-queue.ts';
import { openTable } from '../shared/storage/open-table.ts';
import { openAccounts } from './open-accounts.ts';
import { hasEnded, readJournal } from './read-journal.ts';
import type { Exchange, Gate } from './start-proxy.ts';
import { changedOf, doublesOf, type Stack, startReceiver, startStack } from './start-stack.ts';
import type { Tally } from './tally.ts';
import { watchMails } from './watch-mails.ts';
import { type Way, ways } from './ways.ts';

/** Where the worker is killed: at which occurrence of which exchange, before it is forwarded or after it was answered. */
export interface KillPoint {
	what: string;
	occurrence: number;
	when: 'before' | 'after';
}

export interface KillResult extends Tally {
	way: string;
	point: KillPoint | undefined;
	/** The worker was killed there. */
	killed: boolean;
	/** Its exchanges, in order. */
	exchanges: string[];
	/** What happened when, polls left out: to understand a red one by. */
	timeline: string[];
}

const patienceMs = 90_000;
const startEveryMs = 500;
const unreachedMs = 15_000;

/** Asking a queue for messages or its length is no step of a lead's way. */
const isPoll = ({ service, method, what }: Exchange) =>
	service === 'queue' && method === 'GET' && /messages$|bells$|spill$|poison$/.test(what);

interface RunOptions {
	connectionString: string;
	/** Nowhere, without. */
	point?: KillPoint | undefined;
	/** Table and queue are there before the worker comes. */
	made?: boolean;
}

/** Runs one way of a lead, killing the worker at a point, and reconciles what was accepted with what arrived. */
async function runWay(way: Way, { connectionString, point, made = false }: RunOptions): Promise<KillResult> {
	const { sandbox, mails, records } = await startReceiver();
	const exchanges: string[] = [];
	const timeline: string[] = [];
	const begunAt = Date.now();
	const note = (what: string) => timeline.push(`${((Date.now() - begunAt) / 1000).toFixed(2)} s ${what}`);
	const seen = new Map<string, number>();
	const watch = watchMails();
	let stack: Stack | undefined;
	let armed = false;
	let killed = false;
	const occurrences = new Map<Exchange, number>();
	/** Counts a step of the way. */
	const count = (exchange: Exchange, what = exchange.what) => {
		seen.set(what, (seen.get(what) ?? 0) + 1);
		occurrences.set(exchange, seen.get(what) ?? 0);
		exchanges.push(what);
	};
	const strikes = (exchange: Exchange, when: KillPoint['when'], what = exchange.what) => {
		if (killed || !point || point.what !== what || point.when !== when) return false;
		// Or at a later one, when that one broke off by itself.
		if ((occurrences.get(exchange) ?? 0) < point.occurrence) return false;
		killed = true;
		stack?.kill();
		watch.killed(0);
		note(`KILLED ${when} ${what}`);
		return true;
	};
	const gate: Gate = {
		before: (exchange) => {
			if (!armed || isPoll(exchange)) return 'pass';
			note(`> ${exchange.what}`);
			count(exchange);
			return strikes(exchange, 'before') ? 'lose' : 'pass';
		},
		after: (exchange, { status, body }) => {
			if (!armed) return 'pass';
			if (!isPoll(exchange)) note(`< ${status} ${exchange.what}${exchange.isOver() ? ' (nobody hears)' : ''}`);
			if (isPoll(exchange)) {
				if (!body.includes('<MessageId>')) return 'pass';
				// A bell was heard: a step of its own, which only ends.
				const heard = `${exchange.what} (heard)`;
				count(exchange, heard);
				return strikes(exchange, 'after', heard) ? 'lose' : 'pass';
			}
			return strikes(exchange, 'after') ? 'lose' : 'pass';
		},
	};
	try {
		if (made) await makeStorage(connectionString);
		stack = await startStack({
			connectionString,
			sandbox,
			gate: watch.through(0, gate),
			onStart: () => watch.started(0),
			...(way.settings && { settings: way.settings }),
		});
		const accepted = new Set<string>();
		const world = { stack, sandbox, connectionString, post: () => postUntilAnswered(stack as Stack, way.payload, accepted) };
		await way.prepare?.(world);
		armed = true;
		await way.run(world);
		const begun = Date.now();
		// A point that is not reached soon after all is done will not be reached any more.
		while (
			Date.now() < begun + patienceMs &&
			!((await settled(connectionString, way)) && (!point || killed || Date.now() > begun + unreachedMs))
		)
			await setTimeout(200);
		const journal = await readJournal(connectionString);
		const [mailed, recorded] = [await mails(), await records()];
		const mailDoubles = doublesOf(mailed);
		// What was promised is asked for, not what the journal thinks of it.
		const promised = accepted.size > 0 || !way.gone ? [way.payload.UserDetails.Email] : [];
		const missing = promised.filter(
			(email) =>
				!recorded.some(({ customer }) => customer === email) ||
				!mailed.some(({ customer }) => customer === email) ||
				!journal.some(({ summary }) => summary.email === email),
		);
		return {
			way: way.name,
			point,
			killed,
			accepted: accepted.size,
			journaled: journal.length,
			records: recorded.length,
			recordDoubles: doublesOf(recorded),
			recordsChanged: changedOf(recorded),
			mailed: mailed.length,
			mailDoubles,
			unexplained: mailDoubles - watch.explained(mailed.map(({ leadId }) => leadId)),
			parked: journal.flatMap(({ deliveries }) => Object.values(deliveries)).filter(({ state }) => state === 'parked').length,
			lost: missing.length + (way.gone ? journal.length : 0),
			exchanges,
			timeline,
		};
	} finally {
		await stack?.stop();
		await sandbox.close();
	}
}

async function makeStorage(connectionString: string): Promise<void> {
	await (await openTable({ connectionString }, journalTable)).createTable();
	for (const name of [bellQueue, spillQueue]) await (await openQueue({ connectionString }, name)).create();
}

const settled = async (connectionString: string, way: Way) => {
	const journal = await readJournal(connectionString);
	return way.gone ? journal.length === 0 : journal.length > 0 && journal.every(hasEnded) && (way.settled?.(journal) ?? true);
};

/** Posts as an impatient sender does: again when no answer came. Only a 2xx is a promise. */
async function postUntilAnswered(stack: Stack, payload: object, accepted: Set<string>): Promise<void> {
	for (;;) {
		try {
			const response = await fetch(stack.intakeUrl, { method: 'POST', body: JSON.stringify(payload), signal: AbortSignal.timeout(10_000) });
			if (response.status === 202) return void accepted.add(((await response.json()) as { leadId: string }).leadId);
		} catch {
			// No answer: the worker was killed. The sender posts again.
		}
		await setTimeout(100);
	}
}

/** What an exchange asks for, when it changes nothing; the columns are asked for by many questions that are alike. */
const questionIn = (what: string) => (/ GET (?!.*heard)/.test(what) ? what.replace(/(EntityDefinitions).*/, '$1') : undefined);
/** Of the same question asked again and again, the first stands for all. */
const isRepeated = (what: string, index: number, all: string[]) => {
	const question = questionIn(what);
	return question !== undefined && all.slice(0, index).some((other) => questionIn(other) === question);
};

/** Every point at which a way can be cut: each of its exchanges, before and after; brief, without repeated questions. */
function killPoints(exchanges: string[], brief: boolean): KillPoint[] {
	const seen = new Map<string, number>();
	return exchanges.flatMap((what, index) => {
		const occurrence = (seen.get(what) ?? 0) + 1;
		seen.set(what, occurrence);
		if (brief && isRepeated(what, index, exchanges)) return [];
		const after: KillPoint = { what, occurrence, when: 'after' };
		return what.endsWith('(heard)') ? [after] : [{ ...after, when: 'before' }, after];
	});
}

/**
 * Kills the worker at every exchange of each way, `sideBySide` experiments at a time, each with a storage account, a sandbox and a worker of its own.
 * There is no kill point inside the product: what is cut is what goes over the wire. `brief` leaves out questions that were asked before, and makes
 * storage beforehand.
 */
export async function everyExchange(
	names: string[],
	sideBySide: number,
	report: (result: KillResult) => void,
	{ brief = false }: { brief?: boolean } = {},
): Promise<KillResult[]> {
	const results: KillResult[] = [];
	for (const way of ways.filter(({ name }) => names.includes(name))) {
		const accounts = await openAccounts(400);
		try {
			let account = 0;
			const undisturbed = await runWay(way, { connectionString: accounts.connectionString(account++), made: brief });
			report(undisturbed);
			results.push(undisturbed);
			const points = killPoints(undisturbed.exchanges, brief);
			const next = async () => {
				// The late ones first: a mail that may have been sent waits longest.
				for (let point = points.pop(); point; point = points.pop()) {
					const result = await runWay(way, { connectionString: accounts.connectionString(account++), point, made: brief });
					report(result);
					results.push(result);
				}
			};
			// One after the other, so that they do not all start their workers at once.
			const begin = async (_: unknown, index: number) => setTimeout(index * startEveryMs).then(next);
			await Promise.all(Array.from({ length: sideBySide }, begin));
		} finally {
			await accounts.stop();
		}
	}
	return results;
}

/** A kill point that never came has shown nothing: on a busy machine, ways differ by an exchange or two. */
export const isUnreached = ({ point, killed }: KillResult): boolean => point !== undefined && !killed;
