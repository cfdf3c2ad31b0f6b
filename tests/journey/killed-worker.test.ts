import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Local, startLocal } from '../../sandbox/start/start-local.ts';
import { eventually } from '../support/eventually.ts';
import { payload } from '../support/payload.ts';
import { get } from './get.ts';

describe('a worker that is killed right after it answered 202', () => {
	let local: Local;
	beforeAll(async () => {
		const settings = { DELIVERY_ATTEMPT_TIMEOUT: 'PT1S', DELIVERY_RETRY_FIRST: 'PT1S', LEAD_SWEEP_SCHEDULE: '* * * * * *' };
		local = await startLocal({ leaseSeconds: 1, settings });
	});
	afterAll(() => local.stop());

	it('is started anew, and the lead arrives, in the CRM once', async () => {
		const response = await fetch(local.intakeUrl, { method: 'POST', body: JSON.stringify(payload()) });
		process.kill(local.workerPid(), 'SIGKILL');
		const { leadId } = (await response.json()) as { leadId: string };
		await eventually(() => get.record(local, leadId), 40_000);
		await eventually(() => get.mail(local, leadId), 40_000);
		expect(await get.records(local)).toHaveLength(1);
	}, 90_000);
});
