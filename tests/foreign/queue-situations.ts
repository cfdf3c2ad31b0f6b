import { setTimeout } from 'node:timers/promises';
import { QueueServiceClient } from '@azure/storage-queue';
import { storageUpstreams, throughProxy } from '../../chaos/proxy-storage.ts';
import { type Exchange, startProxy } from '../../chaos/start-proxy.ts';
import type { RpcTypedData } from '../../sandbox/runner/core-api.ts';
import { startTestStorage } from '../support/storage.ts';

/** What is in a queue, what its trigger's function does, and what storage refuses. */
export interface Situation {
	situation: string;
	/** `extensions.queues` of host.json, besides a short polling interval. */
	settings?: Record<string, number | string>;
	/** The queue is one for poison messages itself. */
	poisonQueue?: true;
	/** As they are stored; absent: there is no queue. */
	messages?: string[];
	/** How often the messages were received before, by one who did not come to an end. */
	receivedBefore?: number;
	/** The function fails so many times; absent: never. */
	fails?: number;
	workMs?: number;
	/** Each goes on at least until so many have begun. */
	together?: number;
	/** Its first run's metadata are of interest. */
	asksMetadata?: true;
	/** Storage answers with this instead of doing what is asked. */
	refused?: { ask: Ask; status: number; code: string; times?: number };
}

/** What came of it. */
export interface Seen {
	/** The messages that reached the function, and their dequeue counts. */
	runs: [body: string, dequeueCount: string][];
	/** How many ran at once at most, where the function takes time. */
	atOnce?: number;
	/** How many messages are in the queue; -1: there is no queue. */
	visible: number;
	hidden: number;
	/** What is in the poison queue, and for how many seconds; absent: there is no such queue. */
	poison?: [text: string, livesS: number][];
	/** What storage did when it was asked, sorted, each once. */
	asked: string[];
	/** With which status of storage the host has ended. */
	ended?: string;
	/** Without what is another each time. */
	metadata?: Record<string, RpcTypedData>;
}

export type Row = Situation & Partial<Seen>;

/** A queue trigger with its function. */
export interface Trigger {
	connection: string;
	queue: string;
	settings: Record<string, number | string>;
	work: Pick<Situation, 'fails' | 'workMs' | 'together'>;
}

export type Happened = { queue: string } & ({ run: string; metadata: Record<string, RpcTypedData> } | { done: true } | { ended: string });

/** The host's own extension, or our runner. */
export type StartTriggers = (triggers: Trigger[], tell: (happened: Happened) => void) => Promise<{ stop: () => Promise<unknown> }>;

/** What is asked of storage. */
type Ask = 'whether the queue is there' | 'to receive' | 'to remove' | 'to hide' | 'to send to poison' | 'to make poison';

function askOf({ method, path }: Pick<Exchange, 'method' | 'path'>): Ask | undefined {
	const isMessage = /\/messages\/[^/]+/.test(path);
	if (isMessage) return method === 'DELETE' ? 'to remove' : 'to hide';
	if (path.includes('/messages')) return method === 'GET' ? 'to receive' : 'to send to poison';
	return method === 'PUT' ? 'to make poison' : 'whether the queue is there';
}

/** With what is of interest in its query; undefined: where both may go their own ways. */
function wordsOf(exchange: Exchange): string | undefined {
	const ask = askOf(exchange);
	const { searchParams } = new URL(exchange.path, 'http://storage');
	const seconds = (name: string) => `${searchParams.get(name)} s`;
	switch (ask) {
		case 'to receive':
			return `to receive ${searchParams.get('numofmessages') ?? 1} for ${seconds('visibilitytimeout')}`;
		case 'to hide':
			return `to hide for ${seconds('visibilitytimeout')}`;
		case 'to remove':
		case 'to send to poison':
			return ask;
		default:
			return undefined;
	}
}

const nameOf = ({ poisonQueue }: Situation, index: number) => `queue-${index}${poisonQueue ? '-poison' : ''}`;
/** Of both, a queue and that for its poison messages. */
const queueOf = (path: string) => /^\/[^/]+\/(\w[\w-]*?)(?:-poison)?(?:[/?]|$)/.exec(path)?.[1] ?? '';

/** As storage words it. */
const refusalOf = ({ status, code }: { status: number; code: string }) => ({
	status,
	headers: ['content-type', 'application/xml', 'x-ms-error-code', code],
	body: Buffer.from(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`),
});

/** Without what is another each time. */
const masked = (metadata: Record<string, RpcTypedData>): Record<string, RpcTypedData> =>
	JSON.parse(
		JSON.stringify({ ...metadata, PopReceipt: { ...metadata.PopReceipt, string: 'receipt' } })
			.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
			.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g, (_, fraction) => (fraction ? 'time.0' : 'time')),
	);

/**
 * Puts every situation into a queue of its own, runs their triggers at once, and looks at what comes of each until `isSettled`, and once more after the triggers
 * have been stopped.
 *
 * @param isSettled of what is seen so far of the situation at this place; is asked again until it holds, at most for `withinMs`
 */
export async function goThrough(
	situations: Situation[],
	start: StartTriggers,
	isSettled: (seen: Seen, index: number) => boolean,
	withinMs = 45_000,
): Promise<Seen[]> {
	const storage = await startTestStorage(['queue']);
	const service = QueueServiceClient.fromConnectionString(storage.connectionString);
	const asked = situations.map(() => new Set<string>());
	const refusals = situations.map(() => 0);
	/** Since it was last looked at, something has changed in storage, or happened. */
	const stirred = situations.map(() => false);
	const places = new Map(situations.map((_, index) => [`queue-${index}`, index]));
	const happened = situations.map(() => [] as Happened[]);
	const indexOf = ({ path }: Exchange) => places.get(queueOf(path)) ?? -1;
	const proxy = await startProxy(storageUpstreams(storage.connectionString), {
		before: (exchange) => {
			const index = indexOf(exchange);
			const { refused } = situations[index] ?? {};
			const count = refusals[index] ?? 0;
			if (!refused || askOf(exchange) !== refused.ask || count >= (refused.times ?? Number.POSITIVE_INFINITY)) return 'pass';
			refusals[index] = count + 1;
			return refusalOf(refused);
		},
		after: (exchange, { status, body }) => {
			const index = indexOf(exchange);
			const words = status < 300 && wordsOf(exchange);
			const isEmptyPoll = exchange.method === 'GET' && !body.includes('<MessageId>');
			if (!isEmptyPoll || (words && !asked[index]?.has(words))) stirred[index] = true;
			if (words) asked[index]?.add(words);
			return 'pass';
		},
	});
	try {
		await Promise.all(situations.map((situation, index) => prepare(service, nameOf(situation, index), situation)));
		const subject = await start(
			situations.map((situation, index) => ({
				connection: throughProxy(storage.connectionString, proxy),
				queue: nameOf(situation, index),
				settings: { maxPollingInterval: '00:00:00.5', ...situation.settings },
				work: situation,
			})),
			(event) => {
				const index = places.get(event.queue.replace(/-poison$/, '')) ?? -1;
				happened[index]?.push(event);
				stirred[index] = true;
			},
		);
		const look = async (situation: Situation, index: number): Promise<Seen> => ({
			...toSeen(happened[index] ?? [], situation),
			...(await countMessages(service, nameOf(situation, index))),
			...(!situation.poisonQueue && (await readPoison(service, `queue-${index}-poison`))),
			asked: [...(asked[index] ?? [])].toSorted(),
		});
		const settle = async (situation: Situation, index: number) => {
			while (Date.now() < end) {
				stirred[index] = false;
				if (isSettled(await look(situation, index), index)) return;
				// To look costs several requests; a message that comes to light again says nothing.
				const lookAgainAt = Date.now() + 2000;
				while (!stirred[index] && Date.now() < lookAgainAt) await setTimeout(100);
			}
		};
		const end = Date.now() + withinMs;
		try {
			await Promise.all(situations.map(settle));
		} finally {
			await subject.stop();
		}
		return await Promise.all(situations.map(look));
	} finally {
		await proxy.close();
		await storage.stop();
	}
}

async function prepare(service: QueueServiceClient, name: string, { messages, receivedBefore = 0 }: Situation): Promise<void> {
	if (!messages) return;
	const queue = service.getQueueClient(name);
	await queue.create();
	for (const message of messages) await queue.sendMessage(message);
	for (let count = 0; count < receivedBefore; count++)
		for (const { messageId, popReceipt } of (await queue.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems)
			await queue.updateMessage(messageId, popReceipt, undefined, 0);
}

function toSeen(events: Happened[], { asksMetadata, workMs }: Situation): Pick<Seen, 'runs' | 'atOnce' | 'ended' | 'metadata'> {
	const runs: Seen['runs'] = [];
	let running = 0;
	let atOnce = 0;
	let ended: string | undefined;
	let metadata: Seen['metadata'];
	for (const event of events) {
		if ('run' in event) {
			const count = event.metadata.DequeueCount;
			runs.push([event.run, count?.json ?? '']);
			metadata ??= masked(event.metadata);
			atOnce = Math.max(atOnce, ++running);
		} else if ('done' in event) running--;
		else ended ??= event.ended;
	}
	return { runs: runs.toSorted(), ...(workMs && { atOnce }), ...(ended && { ended }), ...(asksMetadata && metadata && { metadata }) };
}

async function countMessages(service: QueueServiceClient, name: string): Promise<{ visible: number; hidden: number }> {
	const queue = service.getQueueClient(name);
	if (!(await queue.exists())) return { visible: -1, hidden: -1 };
	const visible = (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.length;
	return { visible, hidden: ((await queue.getProperties()).approximateMessagesCount ?? 0) - visible };
}

async function readPoison(service: QueueServiceClient, name: string): Promise<Pick<Seen, 'poison'>> {
	const queue = service.getQueueClient(name);
	if (!(await queue.exists())) return {};
	const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
	return {
		poison: peekedMessageItems
			.map(({ messageText, insertedOn, expiresOn }): [string, number] => [messageText, (expiresOn.getTime() - insertedOn.getTime()) / 1000])
			.toSorted(),
	};
}
