import type { StorageQueueHandler } from '@azure/functions';
import { logTo } from '../shared/basics/log.ts';
import { leadIdOfBell } from '../shared/queues/bell.ts';
import { openInTime } from '../shared/queues/open-in-time.ts';
import type { Services } from '../shared/services.ts';
import { createCooldowns } from './cooldowns.ts';
import { deliverLead } from './deliver-lead.ts';
import { storageTimeoutMs } from './delivery-deps.ts';

/** Queue `bells`: looks at the lead that a bell names. A message that is not a bell is dropped: only the journal holds the truth. */
export const answerBell = (services: Services): StorageQueueHandler => {
	const opened = openInTime(services, storageTimeoutMs);
	const cooldowns = createCooldowns(opened);
	return async (message, context) => {
		const log = logTo(context);
		const leadId = leadIdOfBell(message);
		if (!leadId) return log({ event: 'bell.dropped', level: 'warn', why: 'not a bell' });
		await deliverLead(leadId, { ...opened, cooldowns, log });
	};
};
