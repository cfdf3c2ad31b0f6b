import { StorageError } from '../account/storage-error.ts';
import type { Refusal } from './read-transaction.ts';
import type { OpenTable } from './storage-table.ts';
import type { Part } from './to-part.ts';

interface Member {
	parts: Part[];
	bytes: number;
	signal: AbortSignal;
	resolve: (refusal: Refusal | undefined) => void;
	reject: (error: unknown) => void;
	/** Its time was over: it waits for nothing any more. */
	left: boolean;
	/** Told when it leaves. */
	onLeave?: (() => void) | undefined;
}

export interface GroupOptions {
	/** Requests on their way at once. */
	underWay?: number;
	mostRows?: number;
	mostBytes?: number;
}

/** Of a request; what stands around the parts is counted with each of them. */
const limits = { underWay: 1, mostRows: 100, mostBytes: 4 * 1024 * 1024 - 1024 };
const aroundPart = 160;

/** So many members may be refused before the others go each by itself: every refusal costs all of them one more request. */
const mostRefusals = 3;

/**
 * Transactions that wait at the same moment go as one, as far as they are of one partition and share no row; one that is alone goes at once. To each it is as if it
 * had gone alone: one that is refused leaves the others, which go again without it; one whose time is over leaves them too. Where nothing is known of a
 * request, nothing is known of each of them.
 */
export function groupCommits(table: Pick<OpenTable, 'prepare' | 'send'>, options: GroupOptions = {}): OpenTable['commit'] {
	const { underWay, mostRows, mostBytes } = { ...limits, ...options };
	let waiting: Member[] = [];
	let requests = 0;

	function take(): Member[] {
		const group: Member[] = [];
		const behind: Member[] = [];
		const rows = new Set<string>();
		let [partsOfGroup, bytesOfGroup, at] = [0, 0, 0];
		for (const member of waiting) {
			const { parts, bytes } = member;
			const isFull = partsOfGroup + parts.length > mostRows || bytesOfGroup + bytes > mostBytes;
			if (group.length > 0 && isFull) break;
			at++;
			const isApart = parts.every(({ rowKey, partitionKey }) => !rows.has(rowKey) && partitionKey === group[0]?.parts[0]?.partitionKey);
			// Whoever is left behind keeps its place before others on the same rows.
			for (const { rowKey } of parts) rows.add(rowKey);
			if (group.length > 0 && !isApart) behind.push(member);
			else {
				group.push(member);
				partsOfGroup += parts.length;
				bytesOfGroup += bytes;
			}
		}
		waiting = [...behind, ...waiting.slice(at)];
		return group;
	}

	function pump(): void {
		while (requests < underWay && waiting.length > 0) {
			requests++;
			void sendGroup(table, take()).finally(() => {
				requests--;
				pump();
			});
		}
	}

	return async (actions, signal) => {
		signal.throwIfAborted();
		const parts = table.prepare(actions);
		const bytes = parts.reduce((sum, part) => sum + part.bytes + aroundPart, 0);
		let leave: (() => void) | undefined;
		try {
			return await new Promise<Refusal | undefined>((resolve, reject) => {
				const member: Member = { parts, bytes, signal, resolve, reject, left: false };
				leave = () => {
					member.left = true;
					waiting = waiting.filter((other) => other !== member);
					reject(signal.reason);
					member.onLeave?.();
				};
				signal.addEventListener('abort', leave);
				waiting.push(member);
				pump();
			});
		} finally {
			if (leave) signal.removeEventListener('abort', leave);
		}
	};
}

type Table = Pick<OpenTable, 'send'>;

/** Ends when each of them has its answer; never rejects. */
async function sendGroup(table: Table, group: Member[]): Promise<void> {
	for (let refused = 0; ; refused++) {
		const members = group.filter(({ left }) => !left);
		if (members.length <= 1 || refused >= mostRefusals) return sendEachAlone(table, members);
		const end = await sendTogether(table, members);
		if (end === 'known') return;
		if (end === 'each alone') return sendEachAlone(table, members);
		group = members.filter((member) => member !== end);
	}
}

async function sendEachAlone(table: Table, members: Member[]): Promise<void> {
	const alone = ({ parts, signal, resolve, reject }: Member) => table.send(parts, signal).then(resolve, reject);
	await Promise.all(members.filter(({ left }) => !left).map(alone));
}

/** Whose row was refused, when one was; it has its answer then, and the others have none. */
async function sendTogether(table: Table, members: Member[]): Promise<'known' | 'each alone' | Member> {
	const nobodyWaits = new AbortController();
	const onLeave = () => members.every(({ left }) => left) && nobodyWaits.abort(members[0]?.signal.reason);
	for (const member of members) member.onLeave = onLeave;
	try {
		const refusal = await table.send(
			members.flatMap(({ parts }) => parts),
			nobodyWaits.signal,
		);
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
	} finally {
		for (const member of members) member.onLeave = undefined;
	}
}

/** Whose a row of the request is, and its place among its own. */
function whose(members: Member[], row: number): { member: Member; row: number } {
	let place = row;
	for (const member of members) {
		if (place < member.parts.length) return { member, row: place };
		place -= member.parts.length;
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
