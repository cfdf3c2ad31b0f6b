import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../basics/time.ts';

/** A clock that goes by the storage account's, where ours is wrong. */
export interface StorageTime {
	now: Clock;
	/** Learns the account's time from the answers of a client. */
	policy: PipelinePolicy;
}

/** Answers tell whole seconds and come a moment late: less than this is not a difference. */
const toleranceMs = 2000;

/**
 * A proxy that answers in the account's place has a clock of its own: gone by it, what is written then would be due in a year, or be over its retention.
 * Storage names itself in each of its answers: https://learn.microsoft.com/rest/api/storageservices/common-rest-api-response-headers
 */
const isStorages = (headers: PipelineResponse['headers']) => headers.has('x-ms-request-id') || headers.has('x-ms-version');

/**
 * Claims are due times that several workers compare with their own clocks: one whose clock is ahead would take another's claim for overdue while the mail
 * is on its way. All of them talk to one storage account, and each of its answers has a `Date` (RFC 9110, 6.6.1): that is the time they agree on.
 */
export function createStorageTime(clock: Clock = Date.now): StorageTime {
	let aheadMs = 0;
	return {
		now: () => clock() + aheadMs,
		policy: {
			name: 'storageTime',
			sendRequest: async (request, next) => {
				const response = await next(request);
				const told = Date.parse(response.headers.get('date') ?? '');
				if (!Number.isNaN(told) && isStorages(response.headers)) aheadMs = Math.abs(told - clock()) > toleranceMs ? told - clock() : 0;
				return response;
			},
		},
	};
}
