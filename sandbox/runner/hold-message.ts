import type { QueueClient } from '@azure/storage-queue';
import { codeOfStorage, storageSignal } from './storage-call.ts';

/** A message that is ours for a while. Each of these ends that; where someone else has taken the message meanwhile, nothing happens. */
export interface HeldMessage {
	remove: () => Promise<void>;
	/** Gives it back, to be seen again after so many seconds. */
	release: (visibilityTimeoutS: number) => Promise<void>;
	/** Leaves it hidden until the lease ends. */
	leave: () => Promise<void>;
}

/** Someone else has the message, or the queue is not there any more. */
const gone = ['PopReceiptMismatch', 'MessageNotFound', 'QueueNotFound', 'QueueBeingDeleted'];

/** Keeps a message hidden while it is worked on, by renewing its lease when half of it is over: after a crash it comes back when the lease ends. */
export function holdMessage(
	queue: QueueClient,
	message: { messageId: string; popReceipt: string },
	leaseMs: number,
	onLost: (code: string) => void,
): HeldMessage {
	const { messageId } = message;
	let { popReceipt } = message;
	let renewal = Promise.resolve();
	const renew = async () => {
		try {
			const renewed = await queue.updateMessage(messageId, popReceipt, undefined, Math.ceil(leaseMs / 1000), {
				abortSignal: storageSignal(),
			});
			popReceipt = renewed.popReceipt ?? popReceipt;
		} catch (error) {
			clearInterval(renewing);
			onLost(codeOfStorage(error));
		}
	};
	const renewing = setInterval(() => {
		renewal = renewal.then(renew);
	}, leaseMs / 2);
	const end = async (how: () => Promise<unknown>) => {
		clearInterval(renewing);
		await renewal;
		try {
			await how();
		} catch (error) {
			if (!gone.includes(codeOfStorage(error))) throw error;
		}
	};
	return {
		remove: () => end(() => queue.deleteMessage(messageId, popReceipt, { abortSignal: storageSignal() })),
		release: (visibilityTimeoutS) =>
			end(() => queue.updateMessage(messageId, popReceipt, undefined, visibilityTimeoutS, { abortSignal: storageSignal() })),
		leave: () => end(async () => undefined),
	};
}
