import { bellQueue, leadIdOfBell } from '../shared/delivery/bell.ts';
import { drainQueue } from '../shared/storage/drain-queue.ts';
import { mostPerRun, type Sweeper, storageTimeoutMs } from './sweeper.ts';

/** The host puts a bell that failed too often here, where nobody would hear it. */
export const poisonQueue = `${bellQueue}-poison`;

/** Rings again for the leads of poison messages. How many messages were taken. */
export async function lookAtPoison({ deadline, bell, queue, log }: Sweeper): Promise<number> {
	const take = async (text: string) => {
		const leadId = leadIdOfBell(text);
		log({ event: 'poison.taken', level: 'warn', ...(leadId ? { leadId } : { why: 'not a bell' }) });
		if (leadId) await (await bell())(leadId, { signal: deadline(storageTimeoutMs) });
	};
	return drainQueue(await queue(poisonQueue), take, { most: mostPerRun, visibilityS: 60, deadline: () => deadline(storageTimeoutMs) });
}
