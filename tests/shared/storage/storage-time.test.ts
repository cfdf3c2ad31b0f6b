import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import { createStorageTime } from '../../../shared/storage/storage-time.ts';

const ours = Date.UTC(2026, 10, 25, 12, 0, 0, 400);

/** The time after an answer with this `Date`. */
async function timeAfter(...dates: (string | undefined)[]): Promise<number> {
	const time = createStorageTime(() => ours);
	for (const date of dates) {
		const headers = createHttpHeaders(date === undefined ? {} : { date });
		const request = createPipelineRequest({ url: 'https://contoso.table.core.windows.net' });
		const response = await time.policy.sendRequest(request, async () => ({ request, headers, status: 204 }));
		expect(response.status).toBe(204);
	}
	return time.now();
}

describe('the time of a worker', () => {
	it('is its own where it agrees with the storage account, to the millisecond', async () => {
		expect(await timeAfter()).toBe(ours);
		expect(await timeAfter('Wed, 25 Nov 2026 11:59:59 GMT')).toBe(ours);
	});

	it.each([
		['ahead', 'Wed, 25 Nov 2026 11:59:30 GMT', -30_000],
		['behind', 'Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
	])('is the account’s where its own is %s', async (_, date, differenceMs) => {
		expect(await timeAfter(date)).toBe(ours - 400 + differenceMs);
	});

	it('stays what it was when an answer tells no time, and is its own again when that is mended', async () => {
		expect(await timeAfter('Wed, 25 Nov 2026 11:00:00 GMT', undefined, 'soon')).toBe(ours - 400 - 3_600_000);
		expect(await timeAfter('Wed, 25 Nov 2026 11:00:00 GMT', 'Wed, 25 Nov 2026 12:00:00 GMT')).toBe(ours);
	});
});
