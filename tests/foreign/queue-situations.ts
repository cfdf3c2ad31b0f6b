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
	/** Storage answers with this instead of doing what is asked. */
	refused?: { ask: Ask; status: number; code: string; times?: number };
}

/** What came of it. */
export interface Seen {
	/** The messages that reached the function, and their dequeue counts. */
	runs: [body: string, dequeueCount: string][];
	/** How many ran at once at most. */
	atOnce: number;
	/** How many messages are in the queue; -1: there is no queue. */
	visible: number;
	hidden: number;
	/** What is in the poison queue, and for how many seconds; absent: there is no such queue. */
	poison?: [text: string, livesS: number][];
	/** What was asked of storage, sorted, each once. */
	asked: string[];
	/** With which status of storage the host has ended. */
	ended?: string;
	/** Of the first run, with zeros for digits and letters that are others each time. */
	metadata?: Record<string, RpcTypedData>;
}

export type Row = Situation & Partial<Seen>;

/** A queue trigger with its function. */
export interface Trigger extends Pick<Situation, 'fails' | 'workMs'> {
	connection: string;
	queue: string;
	settings: Record<string, number | string>;
}

export type Happened = { queue: string } & (
	| { run: string; metadata: Record<string, RpcTypedData> }
	| { done: true }
	| { ended: string }
);

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

const queueOf = (path: string) => /^\/[^/]+\/(\w[\w-]*?)(?:-poison)?(?:[/?]|$)/.exec(path)?.[1] ?? '';

/** As storage words it. */
const refusalOf = ({ status, code }: { status: number; code: string }) => ({
	status,
	headers: ['content-type', 'application/xml', 'x-ms-error-code', code],
	body: Buffer.from(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`),
});

/** Zeros for digits, `x` for what is an id. */
const masked = (text: string) =>
	text
		.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
		.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g, (time, fraction) => `time${fraction ? '.0' : ''}`);

/**
 * Puts every situation into a queue of its own, runs their triggers at once, and looks at what comes of them until `isSettled`.
 *
 * @param isSettled of what is seen so far; is asked again until it holds, at most for `withinMs`
 */
export async function goThrough(
	situations: Situation[],
	start: StartTriggers,
	isSettled: (seen: Seen[]) => boolean,
	withinMs = 20_000,
): Promise<Seen[]> {
	const storage = await startTestStorage(['queue']);
	const service = QueueServiceClient.fromConnectionString(storage.connectionString);
	const asked = situations.map(() => new Set<string>());
	const refusedSoFar = situations.map(() => 0);
	const places = new Map(situations.map(({ poisonQueue }, index) => [`queue-${index}`, { index, name: `queue-${index}${poisonQueue ? '-poison' : ''}` }]));
	const happened = situations.map(() => [] as Happened[]);
	const proxy = await startProxy(storageUpstreams(storage.connectionString), {
		before: (exchange) => {
			const { index } = places.get(queueOf(exchange.path)) ?? { index: -1 };
			const { refused } = situations[index] ?? {};
			if (refused && askOf(exchange) === refused.ask && (refusedSoFar[index] ?? 0) < (refused.times ?? Number.POSITIVE_INFINITY)) {
				refusedSoFar[index] = (refusedSoFar[index] ?? 0) + 1;
				return refusalOf(refused);
			}
			const words = wordsOf(exchange);
			if (words) asked[index]?.add(words);
			return 'pass';
		},
		after: () => 'pass',
	});
	try {
		await Promise.all(situations.map((situation, index) => prepare(service, `queue-${index}${situation.poisonQueue ? '-poison' : ''}`, situation)));
		const subject = await start(
			situations.map(({ settings, fails, workMs, poisonQueue }, index) => ({
				connection: throughProxy(storage.connectionString, proxy),
				queue: `queue-${index}${poisonQueue ? '-poison' : ''}`,
				settings: { maxPollingInterval: '00:00:00.1', ...settings },
				...(fails !== undefined && { fails }),
				...(workMs !== undefined && { workMs }),
			})),
			(event) => happened[places.get(event.queue.replace(/-poison$/, ''))?.index ?? -1]?.push(event),
		);
		const look = () =>
			Promise.all(
				situations.map(async ({ poisonQueue }, index): Promise<Seen> => {
					const events = happened[index] ?? [];
					return {
						...toSeen(events),
						...(await countMessages(service, `queue-${index}${poisonQueue ? '-poison' : ''}`)),
						...(!poisonQueue && (await readPoison(service, `queue-${index}-poison`))),
						asked: [...(asked[index] ?? [])].toSorted(),
					};
				}),
			);
		try {
			const end = Date.now() + withinMs;
			while (Date.now() < end && !isSettled(await look())) await setTimeout(50);
		} finally {
			await subject.stop();
		}
		return await look();
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

function toSeen(events: Happened[]): Pick<Seen, 'runs' | 'atOnce' | 'ended' | 'metadata'> {
	const runs: Seen['runs'] = [];
	let running = 0;
	let atOnce = 0;
	let ended: string | undefined;
	let metadata: Seen['metadata'];
	for (const event of events) {
		if ('run' in event) {
			const count = event.metadata.DequeueCount;
			runs.push([event.run, String(count?.json ?? count?.int)]);
			metadata ??= JSON.parse(masked(JSON.stringify(event.metadata)));
			atOnce = Math.max(atOnce, ++running);
		} else if ('done' in event) running--;
		else ended ??= event.ended;
	}
	return { runs: runs.toSorted(), atOnce, ...(ended && { ended }), ...(metadata && { metadata }) };
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
		poison: peekedMessageItems.map(({ messageText, insertedOn, expiresOn }) => [
			messageText,
			Math.round((expiresOn.getTime() - insertedOn.getTime()) / 1000),
		]),
	};
}
