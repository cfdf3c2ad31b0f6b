import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { QueueSettings } from '../../host/host-settings.ts';
import { holdMessage } from './hold-message.ts';
import { readMessage } from './read-message.ts';
import { codeOfStorage, statusOfStorage, storageSignal } from './storage-call.ts';
import type { TriggerQueue } from './trigger-queue.ts';

export interface QueueListenerOptions extends TriggerQueue {
	settings: QueueSettings;
	/** For how long a message that is being worked on stays hidden should its worker die; 10 minutes in the host. */
	leaseMs: number;
	/** Rejects when the message has failed. */
	run: (body: string, message: DequeuedMessageItem) => Promise<unknown>;
	warn: (message: string) => void;
	/** Storage has refused, with this status, what the host takes for granted: there the host shuts down. */
	end: (status: number, message: string) => void;
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
 * message again after `visibilityTimeout`, and after `maxDequeueCount` times its body, and that only, in the poison queue; the end when storage refuses. Makes
 * no queue but the one for poison. tests/foreign/queue-triggers.json holds what the host's own extension does.
 */
export function listenToQueue({ queue, poison, settings, leaseMs, run, warn, end }: QueueListenerOptions): QueueListener {
	const working = new Set<Promise<void>>();
	let stopped = false;
	let wake: (() => void) | undefined;
	let woken = false;
	let delayMs = 0;
	let isThere = false;

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
	/** Without an answer the host ends too, after its retries; here it may be that storage on this machine is being started again. */
	const failed = (what: string, error: unknown) => {
		const status = statusOfStorage(error);
		if (status === undefined) return warn(`${what}: ${codeOfStorage(error)}`);
		stopped = true;
		end(status, `An unhandled exception has occurred. Host is shutting down. ${what}: ${status} ${codeOfStorage(error)}`);
	};
	const receive = async (): Promise<DequeuedMessageItem[]> => {
		try {
			isThere ||= await queue.exists({ abortSignal: storageSignal() });
			if (!isThere) return [];
			const options = { numberOfMessages: settings.batchSize, visibilityTimeout: Math.ceil(leaseMs / 1000), abortSignal: storageSignal() };
			return (await queue.receiveMessages(options)).receivedMessageItems;
		} catch (error) {
			isThere = false;
			if (codeOfStorage(error) === 'QueueNotFound') return [];
			const what = `Queue ${queue.name} cannot be read`;
			const passes = codeOfStorage(error) === 'QueueBeingDeleted' || (statusOfStorage(error) ?? 0) >= 500;
			if (passes) warn(`${what}: ${codeOfStorage(error)}`);
			else failed(what, error);
			return [];
		}
	};
	const takeBatch = async (): Promise<number> => {
		const messages = await receive();
		for (const message of messages) {
			const work: Promise<void> = take(message)
				.catch((error) => failed(`Message ${message.messageId} of ${queue.name} could not be settled and comes again`, error))
				.finally(() => working.delete(work));
			working.add(work);
		}
		return messages.length;
	};
	const take = async (message: DequeuedMessageItem) => {
		const held = holdMessage(queue, message, leaseMs, (code) =>
			warn(`The lease of message ${message.messageId} of ${queue.name} is lost: ${code}`),
		);
		const { body, copy } = readMessage(message.messageText, settings.messageEncoding);
		// A message may be over the limit before it is run: those that died with their worker were counted too.
		if (copy === undefined || (poison && message.dequeueCount > settings.maxDequeueCount)) return bury(message, copy, held);
		try {
			if (body === undefined) throw new Error('not UTF-8');
			await run(body, message);
		} catch {
			if (!poison) return held.leave(); // as the host does, lest it be tried again at once, for ever
			return message.dequeueCount >= settings.maxDequeueCount ? bury(message, copy, held) : held.release(settings.visibilityTimeoutS);
		}
		await held.remove();
	};
	const bury = async (message: DequeuedMessageItem, copy: string | undefined, held: ReturnType<typeof holdMessage>) => {
		if (!poison) return held.leave();
		warn(
			`Message ${message.messageId} has reached MaxDequeueCount of ${settings.maxDequeueCount}. Moving message to queue '${poison.name}'.`,
		);
		const send = () => poison.sendMessage(copy ?? message.messageText, { abortSignal: storageSignal() });
		try {
			await send();
		} catch (error) {
			if (codeOfStorage(error) !== 'QueueNotFound') throw error;
			await poison.createIfNotExists({ abortSignal: storageSignal() });
			await send();
		}
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
