import { setTimeout } from 'node:timers/promises';
import { spillQueue } from '../shared/accept/spill.ts';
import { journalTable } from '../shared/journal/table/table-journal.ts';
import { bellQueue } from '../shared/queues/bell.ts';
import { openQueue, openTable } from '../shared/storage/open-storage.ts';
import { type Forgery, forgeriesOf } from './forge-answer.ts';
import { openAccounts } from './open-accounts.ts';
import { hasEnded, readJournal } from './read-journal.ts';
import { deduped, startEndpoint } from './start-endpoint.ts';
import type { Exchange, Gate } from './start-proxy.ts';
import { type Arrival, changedOf, doublesOf, type Stack, startReceiver, startStack } from './start-stack.ts';
import type { Tally } from './tally.ts';
import { mails as mailsSent, posts, together, watchSendings } from './watch-sendings.ts';
import { type Way, ways } from './ways.ts';

/** Where a way is cut: at which occurrence of which exchange, before it is forwarded or after it was answered. */
export interface Cut {
	what: string;
	occurrence: number;
	when: 'before' | 'after';
	/** The worker is killed, or hears an answer that only looks like a success. */
	how: 'kill' | Forgery;
}

export interface CutResult extends Tally {
	way: string;
	cut: Cut | undefined;
	/** It came to that. */
	isCut: boolean;
	/** Its exchanges, in order. */
	exchanges: string[];
	/** What happened when, polls left out: to understand a red one by. */
	timeline: string[];
}

const patienceMs = 150_000;
const startEveryMs = 500;
const unreachedMs = 15_000;
/** The journal is read so seldom when no answer has shown a change. */
const unseenMs = 4000;
/** Storage accounts that are opened for one way. */
const mostExperiments = 1000;

/** Asking a queue for messages or its length is not a step of a lead's way. */
const isPoll = ({ service, method, what }: Exchange) =>
	service === 'queue' && method === 'GET' && /messages$|bells$|spill$|poison$/.test(what);

interface RunOptions {
	connectionString: string;
	/** Nowhere, without. */
	cut?: Cut | undefined;
	/** Table and queue are there before the worker comes. */
	made?: boolean;
	/** Any question that is like the one where it is cut will do: which of them comes first is another each time. */
	alike?: boolean;
}

/** Runs one way of a lead, cut at one exchange, and reconciles what was accepted with what arrived. */
async function runWay(way: Way, { connectionString, cut, made = false, alike = false }: RunOptions): Promise<CutResult> {
	const { sandbox, mails, records } = await startReceiver();
	const endpoint = way.withoutEndpoint ? undefined : await startEndpoint();
	const exchanges: string[] = [];
	const timeline: string[] = [];
	const begunAt = Date.now();
	const note = (what: string) => timeline.push(`${((Date.now() - begunAt) / 1000).toFixed(2)} s ${what}`);
	const seen = new Map<string, number>();
	const [mailWatch, postWatch] = [watchSendings(mailsSent), watchSendings(posts)];
	const watch = together(mailWatch, postWatch);
	let stack: Stack | undefined;
	let armed = false;
	let isCut = false;
	/** The worker has changed a table since the journal was read last. */
	let isWritten = true;
	const occurrences = new Map<Exchange, number>();
	/** Counts a step of the way. */
	const count = (exchange: Exchange, what = exchange.what) => {
		seen.set(what, (seen.get(what) ?? 0) + 1);
		occurrences.set(exchange, seen.get(what) ?? 0);
		exchanges.push(what);
	};
	/** What is done to an exchange. */
	const strike = (exchange: Exchange, when: Cut['when'], what = exchange.what): 'pass' | 'lose' | Forgery => {
		if (isCut || !cut || cut.when !== when || !(alike ? isAlike(cut.what, what) : cut.what === what)) return 'pass';
		// Or at a later one, when that one broke off by itself.
		if ((occurrences.get(exchange) ?? 0) < cut.occurrence) return 'pass';
		isCut = true;
		note(`${cut.how.toUpperCase()} ${when} ${what}`);
		if (cut.how !== 'kill') return cut.how;
		stack?.kill();
		watch.killed(0);
		return 'lose';
	};
	const gate: Gate = {
		before: (exchange) => {
			if (!armed || isPoll(exchange)) return 'pass';
			note(`> ${exchange.what}`);
			count(exchange);
			return strike(exchange, 'before');
		},
		after: (exchange, { status, body }) => {
			if (exchange.service === 'table' && exchange.method !== 'GET') isWritten = true;
			if (!armed) return 'pass';
			if (!isPoll(exchange)) note(`< ${status} ${exchange.what}${exchange.isOver() ? ' (nobody hears)' : ''}`);
			if (isPoll(exchange)) {
				if (!body.includes('<MessageId>')) return 'pass';
				// A bell was heard: a step of its own, which only ends.
				const heard = `${exchange.what} (heard)`;
				count(exchange, heard);
				return strike(exchange, 'after', heard);
			}
			return strike(exchange, 'after');
		},
	};
	try {
		if (made) await makeStorage(connectionString);
		stack = await startStack({
			connectionString,
			sandbox,
			...(endpoint && { endpoint }),
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
		let isSettled = false;
		let lookedAt = 0;
		const look = async () => {
			// A worker that waits changes nothing. What was under way when it was killed may be done without an answer.
			if (isWritten || Date.now() - lookedAt > unseenMs) {
				isWritten = false;
				lookedAt = Date.now();
				isSettled = await settled(connectionString, way);
			}
			return isSettled;
		};
		// A point that is not reached soon after all is done will not be reached any more.
		while (Date.now() < begun + patienceMs && !((await look()) && (!cut || isCut || Date.now() > begun + unreachedMs)))
			await setTimeout(500);
		const journal = await readJournal(connectionString);
		const [mailed, recorded] = [await mails(), await records()];
		const mailDoubles = doublesOf(mailed);
		const posted = endpoint?.posts ?? [];
		const received = deduped(posted);
		const repeatedPosts = posted.length - received.length;
		const idsOf = (arrivals: Arrival[]) => arrivals.map(({ leadId }) => leadId);
		const explained = mailWatch.explained(idsOf(mailed)) + postWatch.explained(idsOf(posted));
		// What was promised is asked for, not what the journal thinks of it.
		const promised = accepted.size > 0 || !way.gone ? [way.payload.UserDetails.Email, ...(way.others ?? [])] : [];
		const missing = promised.filter(
			(email) =>
				!recorded.some(({ customer }) => customer === email) ||
				!mailed.some(({ customer }) => customer === email) ||
				(endpoint !== undefined && !received.some(({ customer }) => customer === email)) ||
				!journal.some(({ summary }) => summary.email === email),
		);
		return {
			way: way.name,
			cut,
			isCut,
			accepted: accepted.size,
			journaled: journal.length,
			records: recorded.length,
			recordDoubles: doublesOf(recorded),
			recordsChanged: changedOf(recorded),
			mailed: mailed.length,
			mailDoubles,
			received: received.length,
			receivedDoubles: doublesOf(received),
			repeatedPosts,
			unexplained: mailDoubles + repeatedPosts - explained,
			parked: journal.flatMap(({ deliveries }) => Object.values(deliveries)).filter(({ state }) => state === 'parked').length,
			lost: missing.length + (way.gone ? journal.length : 0),
			exchanges,
			timeline,
		};
	} finally {
		await stack?.stop();
		await sandbox.close();
		await endpoint?.close();
	}
}

/** Done again when the emulator closes a kept connection just then. */
async function makeStorage(connectionString: string, tries = 5): Promise<void> {
	try {
		await (await openTable({ connectionString }, journalTable)).make(AbortSignal.timeout(30_000));
		for (const name of [bellQueue, spillQueue]) await (await openQueue({ connectionString }, name)).make(AbortSignal.timeout(30_000));
	} catch (error) {
		if (tries <= 1) throw error;
		return makeStorage(connectionString, tries - 1);
	}
}

const settled = async (connectionString: string, way: Way) => {
	const journal = await readJournal(connectionString);
	const leads = 1 + (way.others?.length ?? 0);
	return way.gone ? journal.length === 0 : journal.length >= leads && journal.every(hasEnded) && (way.settled?.(journal) ?? true);
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
const isAlike = (one: string, other: string) => one === other || (questionIn(one) !== undefined && questionIn(one) === questionIn(other));
/** Of the same question asked again and again, the first stands for all. */
const isRepeated = (what: string, index: number, all: string[]) => {
	const question = questionIn(what);
	return question !== undefined && all.slice(0, index).some((other) => questionIn(other) === question);
};

/** Every cut of a way by a kill: each of its exchanges, before and after; brief, without repeated questions. */
function kills(exchanges: string[], brief: boolean): Cut[] {
	return occurrencesOf(exchanges).flatMap(({ what, occurrence }, index) => {
		if (brief && isRepeated(what, index, exchanges)) return [];
		const after: Cut = { what, occurrence, when: 'after', how: 'kill' };
		return what.endsWith('(heard)') ? [after] : [{ ...after, when: 'before' }, after];
	});
}

/**
 * Every cut of a way by a false answer: to each of its exchanges each form of it, with nothing done and in place of the true one. To a question both are the
 * same, and a question that is asked again and again stands for all. Brief, one form to each change, with nothing done.
 */
function falseAnswers(exchanges: string[], brief: boolean): Cut[] {
	const cuts = occurrencesOf(exchanges).flatMap(({ what, occurrence }, index): Cut[][] => {
		if (isRepeated(what, index, exchanges)) return [];
		const [service = '', method = '', path = ''] = what.split(' ');
		const forms = forgeriesOf({ service, method, path });
		const answered = (when: Cut['when']) => forms.map((how): Cut => ({ what, occurrence, when, how }));
		if (brief) return method === 'GET' ? [] : [answered('before')];
		return [method === 'GET' ? answered('after') : [...answered('before'), ...answered('after')]];
	});
	return brief ? cuts.flatMap((forms, index) => forms[index % forms.length] ?? []) : cuts.flat();
}

/** Each exchange, and the how manieth of its kind it is. */
function occurrencesOf(exchanges: string[]): { what: string; occurrence: number }[] {
	const seen = new Map<string, number>();
	return exchanges.map((what) => {
		const occurrence = (seen.get(what) ?? 0) + 1;
		seen.set(what, occurrence);
		return { what, occurrence };
	});
}

export interface EveryExchangeOptions {
	/** Leaves out questions that were asked before and most false answers, and makes storage beforehand. */
	brief?: boolean;
	/** By what the exchanges are cut. */
	by?: { kills?: boolean; answers?: boolean };
}

/**
 * Kills the worker at every exchange of each way, and answers each in every form of a false success; `sideBySide` experiments at a time, each with a storage
 * account, a sandbox and a worker of its own. There is no kill point inside the product: what is cut is what goes over the wire.
 */
export async function everyExchange(
	names: string[],
	sideBySide: number,
	report: (result: CutResult) => void,
	{ brief = false, by = { kills: true, answers: true } }: EveryExchangeOptions = {},
): Promise<CutResult[]> {
	const results: CutResult[] = [];
	for (const way of ways.filter(({ name }) => names.includes(name))) {
		const accounts = await openAccounts(mostExperiments, { inMemory: true });
		try {
			let account = 0;
			const undisturbed = await runWay(way, { connectionString: accounts.connectionString(account++), made: brief });
			report(undisturbed);
			results.push(undisturbed);
			const { exchanges } = undisturbed;
			const cuts = [...(by.answers ? falseAnswers(exchanges, brief) : []), ...(by.kills ? kills(exchanges, brief) : [])];
			const next = async () => {
				// The late ones first: a mail that may have been sent waits longest.
				for (let cut = cuts.pop(); cut; cut = cuts.pop()) {
					const result = await runWay(way, { connectionString: accounts.connectionString(account++), cut, made: brief, alike: brief });
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

/** A cut that never came has shown nothing: on a busy machine, ways differ by an exchange or two. */
export const isUnreached = ({ cut, isCut }: CutResult): boolean => cut !== undefined && !isCut;
