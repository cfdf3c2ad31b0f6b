import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { QueueSettings } from '../../host/host-settings.ts';
import { holdMessage } from './hold-message.ts';
import { codeOfStorage, storageSignal } from './storage-call.ts';
import type { TriggerQueue } from './trigger-queue.ts';

export interface QueueListenerOptions extends TriggerQueue {
	settings: QueueSettings;
	/** For how long a message that is being worked on stays hidden should its worker die; 10 minutes in the host. */
	leaseMs: number;
	/** Rejects when the message has failed. */
	run: (body: string, message: DequeuedMessageItem) => Promise<unknown>;
	warn: (message: string) => void;
}

export interface QueueListener {
	/** Looks at once. */
	poll: () => void;
	/** Takes no more messages; resolves when those that were taken have ended. */
	stop: () => Promise<void>;
}

const firstDelayMs = 100;

/**
 * The host's queue trigger: as many messages at once as `batchSize` and `newBatchThreshold` allow; a look-out that slows down while nothing comes; a failed
 * message again after `visibilityTimeout`, and after `maxDequeueCount` times its body, and that only, in the poison queue. Makes no queue but that.
 */
export function listenToQueue({ queue, poison, settings, leaseMs, run, warn }: QueueListenerOptions): QueueListener {
	const working = new Set<Promise<void>>();
	let stopped = false;
	let wake: (() => void) | undefined;
	let woken = false;
	let delayMs = 0;

	const look = async () => {
		while (!stopped) {
			if (working.size > settings.newBatchThreshold) await Promise.race(working);
			else if ((await takeBatch()) > 0) delayMs = 0;
			else await pause();
		}
	};
	const pause = async () => {
		delayMs = Math.min(settings.maxPollingIntervalMs, Math.max(firstDelayMs, delayMs * 2));
		if (!woken)
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, delayMs);
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		woken = false;
	};
	const poll = () => {
		woken = true;
		wake?.();
	};
	const takeBatch = async (): Promise<number> => {
		const messages = await receive(queue, settings.batchSize, leaseMs, warn);
		for (const message of messages) {
			const work: Promise<void> = take(message)
				.catch((error) =>
					warn(`Message ${message.messageId} of ${queue.name} could not be settled and comes again: ${codeOfStorage(error)}`),
				)
				.finally(() => working.delete(work));
			working.add(work);
		}
		return messages.length;
	};
	const take = async (message: DequeuedMessageItem) => {
		const held = holdMessage(queue, message, leaseMs, (code) =>
			warn(`The lease of message ${message.messageId} of ${queue.name} is lost: ${code}`),
		);
		const body = decode(message.messageText, settings.messageEncoding);
		// A message may be over the limit before it is run: those that died with their worker were counted too.
		if (body === undefined || message.dequeueCount > settings.maxDequeueCount) return bury(message, held);
		try {
			await run(body, message);
		} catch {
			if (!poison) return held.leave(); // as the host does, lest it be tried again at once, for ever
			return message.dequeueCount >= settings.maxDequeueCount ? bury(message, held) : held.release(settings.visibilityTimeoutS);
		}
		await held.remove();
	};
	const bury = async (message: DequeuedMessageItem, held: ReturnType<typeof holdMessage>) => {
		if (!poison) return held.leave();
		warn(
			`Message ${message.messageId} has reached MaxDequeueCount of ${settings.maxDequeueCount}. Moving message to queue '${poison.name}'.`,
		);
		await poison.createIfNotExists({ abortSignal: storageSignal() });
		await poison.sendMessage(message.messageText, { abortSignal: storageSignal() });
		await held.remove();
	};

	const looking = look();
	return {
		poll,
		stop: async () => {
			stopped = true;
			poll();
			await looking;
			await Promise.all(working);
		},
	};
}

async function receive(
	queue: QueueClient,
	numberOfMessages: number,
	leaseMs: number,
	warn: (message: string) => void,
): Promise<DequeuedMessageItem[]> {
	try {
		const visibilityTimeout = Math.ceil(leaseMs / 1000);
		return (await queue.receiveMessages({ numberOfMessages, visibilityTimeout, abortSignal: storageSignal() })).receivedMessageItems;
	} catch (error) {
		if (codeOfStorage(error) !== 'QueueNotFound') warn(`Queue ${queue.name} cannot be read: ${codeOfStorage(error)}`);
		return [];
	}
}

/** The text of a message; undefined when it is not in the encoding that host.json names: the host takes that for poison. */
function decode(text: string, encoding: QueueSettings['messageEncoding']): string | undefined {
	if (encoding === 'none') return text;
	return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : undefined;
}
