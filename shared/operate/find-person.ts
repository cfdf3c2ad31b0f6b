import { fromSpillMessage, spillQueue } from '../accept/spill.ts';
import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { codeOf } from '../basics/failures.ts';
import type { JournaledRejection, ListedLead } from '../journal/entries.ts';
import type { Journal } from '../journal/journal.ts';
import { personHash } from '../lead/lead-id.ts';
import { addressFinder, toBareAddress } from '../person/find-address.ts';
import { readingsOf } from '../person/readings.ts';
import { poisonQueue } from '../queues/bell.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { actsOf } from './lead-record.ts';
import { searchQueue } from './search-queue.ts';

/** A message that waits in a queue. */
export interface FoundMessage {
	queue: string;
	/** What its sender was told; absent when it is none of ours. */
	leadId?: string;
}

/** Everything of a person that was found, and where it was looked for. */
export interface PersonFound {
	/** Without payloads. */
	leads: ListedLead[];
	rejections: JournaledRejection[];
	messages: FoundMessage[];
	/** How many were looked at. */
	searched: { leads: number; rejections: number; messages: number };
	/** What could not be looked at, and why. */
	unsearched: { what: string; why: string }[];
}

/** What a search is given besides the address. */
export interface PersonSearch extends Pick<QueueDeps, 'journal' | 'queue' | 'deadline'> {
	pause: (ms: number) => Promise<void>;
	clock: () => number;
	/** Only what was received since then; milliseconds since the epoch. */
	since?: number;
	/** Whether messages that hold the address are deleted from their queues. */
	takeMessages?: boolean;
	/** How far it is; `total` is 0 while no one knows. */
	onProgress: (what: string, done: number, total: number) => void;
}

/** Of 32 KiB at most: so much is in memory at a time. */
const pageSize = 100;
const countedAtOnce = 1000;

/**
 * Everything that holds an e-mail address: spilled and poison messages, leads, rejected payloads. All texts are read, page by page, because no index knows
 * an address in a description; the queues first, because what the sweep drains from them meanwhile is in the journal then.
 */
export async function findPerson(address: string, search: PersonSearch): Promise<PersonFound> {
	const wanted = toBareAddress(address);
	if (!wanted) throw new Error('an e-mail address is expected');
	const isIn = addressFinder(wanted);
	const holds = (bytes: Uint8Array, contentType?: string) => {
		for (const text of readingsOf(bytes, contentType)) if (isIn(text)) return true;
		return false;
	};
	const found: PersonFound = {
		leads: [],
		rejections: [],
		messages: [],
		searched: { leads: 0, rejections: 0, messages: 0 },
		unsearched: [],
	};
	for (const queue of [spillQueue, poisonQueue]) await searchMessages(queue, found, search, holds);

	const journal = await search.journal();
	const hashes = [address, `${wanted.local}@${wanted.domain}`].map(personHash);
	const leads = reader('leads', (span, options, signal) => journal.leads(span, options, signal));
	for await (const { payload, ...lead } of leads(journal, search)) {
		found.searched.leads++;
		const header = lead.contentType ?? '';
		// What people noted on the board may be about someone else.
		const notes = Object.values(lead.deliveries).flatMap((delivery) => actsOf(delivery).map(({ note = '' }) => note));
		const isMeant = hashes.includes(lead.person ?? '') || isIn(header) || isIn([...Object.values(lead.summary), ...notes].join('\n'));
		if (isMeant || holds(payload ?? new Uint8Array(), header)) found.leads.push(lead);
	}
	const rejections = reader('rejections', (span, options, signal) => journal.rejections(span, options, signal));
	for await (const { payload, ...rejection } of rejections(journal, search)) {
		found.searched.rejections++;
		const header = rejection.contentType ?? '';
		if (isIn(`${header}\n${rejection.contentEncoding ?? ''}\n${rejection.closedNote ?? ''}`) || holds(payload ?? new Uint8Array(), header))
			found.rejections.push(rejection);
	}
	return found;
}

const names = { leads: 'leads', rejections: 'rejected payloads' };

function reader<Item>(
	of: 'leads' | 'rejections',
	read: (
		span: { since: number; until: number; after?: string },
		options: { most: number; payloads: boolean },
		signal: AbortSignal,
	) => Promise<{ items: Item[]; next?: string }>,
) {
	return async function* (journal: Journal, { since = 0, deadline, onProgress }: PersonSearch): AsyncGenerator<Item> {
		const all = { since, until: Number.MAX_SAFE_INTEGER };
		let total = 0;
		for (let after: string | undefined; ; ) {
			const { items, next } = await journal.ids(of, { ...all, ...(after && { after }) }, countedAtOnce, deadline(storageTimeoutMs.list));
			total += items.length;
			if (next === undefined) break;
			after = next;
			onProgress(names[of], total, 0);
		}
		let done = 0;
		for (let after: string | undefined; ; ) {
			const span = { ...all, ...(after && { after }) };
			const { items, next } = await read(span, { most: pageSize, payloads: true }, deadline(storageTimeoutMs.list));
			yield* items;
			done += items.length;
			onProgress(names[of], done, total);
			if (next === undefined) return;
			after = next;
		}
	};
}

async function searchMessages(
	name: string,
	found: PersonFound,
	{ queue, deadline, pause, clock, takeMessages = false, onProgress }: PersonSearch,
	holds: (bytes: Uint8Array, contentType?: string) => boolean,
): Promise<void> {
	const receiptOf = (text: string) => fromSpillMessage(text, clock());
	const wanted = (text: string) => {
		const receipt = receiptOf(text);
		return receipt
			? holds(Buffer.from(receipt.contentType ?? '')) || holds(receipt.payload, receipt.contentType)
			: holds(Buffer.from(text));
	};
	try {
		const {
			looked,
			found: texts,
			held,
		} = await searchQueue(await queue(name), {
			wanted,
			take: takeMessages,
			deadline: () => deadline(storageTimeoutMs.list),
			pause,
			onWait: (others) => onProgress(`messages of ${name} that the sweep holds: waiting`, others, 0),
		});
		found.searched.messages += looked;
		for (const text of texts) {
			const leadId = receiptOf(text)?.leadId;
			found.messages.push({ queue: name, ...(leadId && { leadId }) });
		}
		if (held > 0) found.unsearched.push({ what: `${held} messages of the queue ${name}`, why: 'another process holds them' });
	} catch (error) {
		found.unsearched.push({ what: `the queue ${name}`, why: codeOf(error) });
	}
}
