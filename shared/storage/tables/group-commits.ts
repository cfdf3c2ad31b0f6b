import { goTogether, type Member, whileOneWaits } from '../../basics/go-together.ts';
import { StorageError } from '../account/storage-error.ts';
import type { Refusal } from './read-transaction.ts';
import type { OpenTable } from './storage-table.ts';
import type { Part } from './to-part.ts';

/** A transaction that waits for its request. */
interface Transaction {
	parts: Part[];
	bytes: number;
}

type Waiting = Member<Transaction, Refusal | undefined>;

export interface GroupOptions {
	mostRows?: number;
	mostBytes?: number;
	patienceMs?: number;
}

const limits = {
	/** Of a request; what stands around the parts is counted with each of them. */
	mostRows: 100,
	mostBytes: 4 * 1024 * 1024 - 1024,
	/** How long a request may hold up the next: longer than one usually takes, and much shorter than the three seconds that an accepted lead has. */
	patienceMs: 250,
};
const aroundPart = 160;

/** So many members may be refused before the others go each by itself: every refusal costs all of them one more request. */
const mostRefusals = 3;

/**
 * Transactions that wait at the same moment go as one, as far as they are of one partition and share no row; one that is alone goes at once. To each it is as if it
 * had gone alone: one that is refused leaves the others, which go again without it; one whose time is over leaves them too. Where nothing is known of a
 * request, nothing is known of each of them. A request that takes long holds up no other but those that share a row with it.
 */
export function groupCommits(table: Pick<OpenTable, 'prepare' | 'send'>, options: GroupOptions = {}): OpenTable['commit'] {
	const { mostRows, mostBytes, patienceMs } = { ...limits, ...options };

	function choose(waiting: Waiting[], underWay: Iterable<Waiting>): { members: Waiting[]; others: Waiting[] } {
		const members: Waiting[] = [];
		const behind: Waiting[] = [];
		const rows = new Set<string>();
		for (const { item } of underWay) for (const { rowKey } of item.parts) rows.add(rowKey);
		let [partsOfGroup, bytesOfGroup, at] = [0, 0, 0];
		for (const member of waiting) {
			const { parts, bytes } = member.item;
			const isFull = partsOfGroup + parts.length > mostRows || bytesOfGroup + bytes > mostBytes;
			if (members.length > 0 && isFull) break;
			at++;
			const first = members[0]?.item.parts[0];
			const isApart = parts.every(
				({ rowKey, partitionKey }) => !rows.has(rowKey) && partitionKey === (first?.partitionKey ?? partitionKey),
			);
			// Whoever is left behind keeps its place before others on the same rows.
			for (const { rowKey } of parts) rows.add(rowKey);
			if (!isApart) behind.push(member);
			else {
				members.push(member);
				partsOfGroup += parts.length;
				bytesOfGroup += bytes;
			}
		}
		return { members, others: [...behind, ...waiting.slice(at)] };
	}

	const commit = goTogether({ choose, run: (members) => sendGroup(table, members), patienceMs });
	return async (actions, signal) => {
		signal.throwIfAborted();
		const parts = table.prepare(actions);
		return commit({ parts, bytes: parts.reduce((sum, part) => sum + part.bytes + aroundPart, 0) }, signal);
	};
}

type Table = Pick<OpenTable, 'send'>;

/** Ends when each of them has its answer; never rejects. */
async function sendGroup(table: Table, group: Waiting[]): Promise<void> {
	for (let refused = 0; ; refused++) {
		const members = group.filter(({ left }) => !left);
		if (members.length <= 1 || refused >= mostRefusals) return sendEachAlone(table, members);
		const end = await sendTogether(table, members);
		if (end === 'known') return;
		if (end === 'each alone') return sendEachAlone(table, members);
		group = members.filter((member) => member !== end);
	}
}

async function sendEachAlone(table: Table, members: Waiting[]): Promise<void> {
	const alone = ({ item, signal, resolve, reject }: Waiting) => table.send(item.parts, signal).then(resolve, reject);
	await Promise.all(members.filter(({ left }) => !left).map(alone));
}

/** Whose row was refused, when one was; it has its answer then, and the others have none. */
async function sendTogether(table: Table, members: Waiting[]): Promise<'known' | 'each alone' | Waiting> {
	try {
		const parts = members.flatMap(({ item }) => item.parts);
		const refusal = await table.send(parts, whileOneWaits(members));
		if (!refusal) {
			for (const { resolve } of members) resolve(undefined);
			return 'known';
		}
		const { member, row } = whose(members, refusal.row);
		member.resolve({ ...refusal, row });
		return member;
	} catch (error) {
		if (error instanceof StorageError && error.row !== undefined && error.code !== 'TableNotFound') {
			const { member, row } = whose(members, error.row);
			member.reject(ofRow(error, row));
			return member;
		}
		// Storage has refused the request for what is in it, and does not say in which part.
		if (error instanceof StorageError && isOfContent(error)) return 'each alone';
		for (const { reject } of members) reject(error);
		return 'known';
	}
}

/** Whose a row of the request is, and its place among its own. */
function whose(members: Waiting[], row: number): { member: Waiting; row: number } {
	let place = row;
	for (const member of members) {
		const { length } = member.item.parts;
		if (place < length) return { member, row: place };
		place -= length;
	}
	throw new RangeError(`the request had no row ${row}`);
}

/** As if it had gone alone. */
function ofRow({ message, statusCode, code }: StorageError, row: number): StorageError {
	return new StorageError(message.replace(/^\d+:/, `${row}:`), {
		row,
		...(statusCode !== undefined && { statusCode }),
		...(code && { code }),
	});
}

const isOfContent = ({ statusCode, code }: StorageError) => (statusCode === 400 || statusCode === 413) && code !== undefined;
