import { describe, expect, it } from '@jest/globals';
import { readIntakeKey } from '../../../tools/next-steps/read-intake-key.ts';

const app = { subscriptionId: 's', resourceGroup: 'g', name: 'func-leads' };

/** Resource Manager, scripted; and how long was waited. */
function scripted(...answers: (Response | Error)[]) {
	const calls: { url: string; init: RequestInit | undefined }[] = [];
	const pauses: number[] = [];
	const needs = {
		getToken: async () => 'token',
		fetch: async (url: string | URL | Request, init?: RequestInit) => {
			calls.push({ url: String(url), init });
			const answer = answers[Math.min(calls.length, answers.length) - 1];
			if (!answer || answer instanceof Error) throw answer;
			return answer.clone();
		},
		pause: async (ms: number) => void pauses.push(ms),
	};
	return { calls, pauses, needs };
}

describe('readIntakeKey', () => {
	it("asks for the function's own keys, not for those of the host", async () => {
		const { calls, needs } = scripted(Response.json({ default: 'abc==' }));
		expect(await readIntakeKey(app, needs)).toEqual({ ok: true, key: 'abc==' });
		expect(calls).toHaveLength(1);
		expect(calls[0]?.url).toContain('/resourceGroups/g/providers/Microsoft.Web/sites/func-leads/functions/LeadIntake/listkeys?');
		expect(calls[0]?.init).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer token' } });
	});

	it('waits while the platform does not know the function yet', async () => {
		const { calls, pauses, needs } = scripted(new Response('', { status: 404 }), new Error('reset'), Response.json({ default: 'k' }));
		expect(await readIntakeKey(app, needs)).toEqual({ ok: true, key: 'k' });
		expect(calls).toHaveLength(3);
		expect(pauses).toEqual([10_000, 10_000]);
	});

	it('gives up after two minutes and says why', async () => {
		const { pauses, needs } = scripted(new Response('', { status: 404 }));
		expect(await readIntakeKey(app, needs)).toEqual({ ok: false, problem: 'Azure Resource Manager answered 404' });
		expect(pauses).toHaveLength(11);
	});

	it('does not insist where it may not', async () => {
		const { calls, needs } = scripted(new Response('', { status: 403 }));
		expect(await readIntakeKey(app, needs)).toEqual({ ok: false, problem: 'Azure Resource Manager answered 403' });
		expect(calls).toHaveLength(1);
	});

	it('says so when there is no key of that name', async () => {
		expect(await readIntakeKey(app, scripted(Response.json({ other: 'k' })).needs)).toMatchObject({ ok: false });
	});
});
