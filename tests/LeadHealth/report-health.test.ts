import { InvocationContext } from '@azure/functions';
import { describe, expect, it } from '@jest/globals';
import type { Health } from '../../LeadHealth/check-health.ts';
import { createHealth, reportHealth } from '../../LeadHealth/report-health.ts';
import { openServices } from '../../shared/services.ts';
import { settingNames } from '../../shared/settings/catalogue.ts';

const health: Health = { status: 'ok', checkedAt: '2026-11-23T12:00:00.000Z', checks: [] };

describe('the report of health', () => {
	it.each(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('is not for %s', async (method) => {
		const handler = reportHealth(openServices({}), {});
		const answer = await handler({ method } as Parameters<typeof handler>[0], new InvocationContext());
		expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET', 'content-type': 'application/problem+json' } });
	});

	it('without a single setting is 503, with what to do', async () => {
		const handler = reportHealth(openServices({}), {});
		const answer = await handler({ method: 'GET' } as Parameters<typeof handler>[0], new InvocationContext());
		expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
		const body = JSON.parse(String((answer as { body?: unknown }).body)) as Health;
		expect(body.checks.filter(({ level }) => level === 'failure').map(({ message }) => message)).toEqual([
			expect.stringContaining('LEAD_DESTINATIONS is missing'),
			expect.stringContaining('AzureWebJobsStorage is missing'),
		]);
	});

	it('tells no value of a setting that is wrong', async () => {
		const wrong = {
			...Object.fromEntries(settingNames.map((name) => [name, 'S3cret'])),
			LEAD_ROUTES: '[{"when":{},"choose":{"to":"S3cret"}}]',
			DATAVERSE_FIELDS: '{"S3cret":S3cret}',
			DATAVERSE_OWNER: 'S3cret '.repeat(40),
			EMAIL_SUBJECT: 'S3cret {{S3cret',
			WEBHOOK_NAME_AUTHORIZATION: 'S3crèt S3cret',
			WEBHOOK_NAME_TITLE: 'S3cret {{S3cret',
			EMAIL_BODY: '<S3cret><p S3cret=x S3cret></S3cret',
		};
		const handler = reportHealth(openServices(wrong), wrong);
		const { body } = (await handler({ method: 'GET' } as Parameters<typeof handler>[0], new InvocationContext())) as { body?: unknown };
		for (const name of settingNames) expect(body).toContain(`${name} `);
		expect(body).not.toMatch(/s3cret/i);
	});
});

describe('a look at health', () => {
	const open = () => {
		const seen = { now: 0, looks: 0, finish: [] as ((outcome: Health | Error) => void)[] };
		const look = () => {
			seen.looks++;
			return new Promise<Health>((resolve, reject) =>
				seen.finish.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome))),
			);
		};
		return Object.assign(seen, { ask: createHealth(look, () => seen.now) });
	};

	it('is taken once for all who ask at the same time, and serves for 30 seconds after it', async () => {
		const seen = open();
		const both = [seen.ask(), seen.ask()];
		seen.now = 40_000;
		both.push(seen.ask());
		seen.finish[0]?.(health);
		expect(await Promise.all(both)).toEqual([health, health, health]);
		seen.now = 69_999;
		expect(await seen.ask()).toBe(health);
		expect(seen.looks).toBe(1);
		seen.now = 70_000;
		void seen.ask();
		expect(seen.looks).toBe(2);
	});

	it('that failed is taken again', async () => {
		const seen = open();
		const asked = seen.ask();
		seen.finish[0]?.(new Error('no'));
		await expect(asked).rejects.toThrow('no');
		void seen.ask();
		expect(seen.looks).toBe(2);
	});
});
