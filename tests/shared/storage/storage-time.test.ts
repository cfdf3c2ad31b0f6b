import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import { createStorageTime } from '../../../shared/storage/storage-time.ts';

const ours = Date.UTC(2026, 10, 25, 12, 0, 0, 400);

const storages = { 'x-ms-request-id': '0190a0b0-c0d0-4000-8000-000000000001', 'x-ms-version': '2019-02-02' };

/** The time after answers of storage with this `Date`. */
const timeAfter = (...dates: (string | undefined)[]) =>
	timeAfterAnswers(dates.map((date) => ({ ...storages, ...(date !== undefined && { date }) })));

async function timeAfterAnswers(answers: Record<string, string>[]): Promise<number> {
	const time = createStorageTime(() => ours);
	for (const answer of answers) {
		const headers = createHttpHeaders(answer);
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

	it('is not that of a proxy which answers in the place of storage', async () => {
		const page = { date: 'Wed, 25 Nov 2037 12:00:00 GMT', 'content-type': 'text/html' };
		expect(await timeAfterAnswers([page])).toBe(ours);
		expect(await timeAfterAnswers([{ ...storages, date: 'Wed, 25 Nov 2026 11:00:00 GMT' }, page])).toBe(ours - 400 - 3_600_000);
	});
});
