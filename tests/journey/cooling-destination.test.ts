import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { startLocal } from '../../sandbox/start/start-local.ts';
import { toHumanLine } from '../../sandbox/start/to-human-line.ts';
import { eventually } from '../support/eventually.ts';
import { payload } from '../support/payload.ts';
import { get } from './get.ts';

it('says on the terminal and on the pages that leads wait, lets none be parked for what all meet, and delivers them after a restart', async () => {
	const said: string[] = [];
	const local = await startLocal({ onLog: (line) => said.push(toHumanLine(line)?.text ?? '') });
	try {
		const fault = { status: 400, code: '0x8004abcd' };
		const set = await fetch(`${local.sandboxUrl}/faults`, { method: 'PUT', body: JSON.stringify({ dataverse: fault }) });
		expect(set.ok).toBe(true);
		const post = async (offer: number) => {
			const response = await fetch(local.intakeUrl, { method: 'POST', body: JSON.stringify(payload({ OfferTitle: `Offer ${offer}` })) });
			return ((await response.json()) as { leadId: string }).leadId;
		};
		const leads = [await post(1), await post(2), await post(3)];
		await eventually(() => said.filter((line) => line.includes('no longer parked')).length === 2);
		const late = await post(4);
		const waits = new RegExp(
			`^lead ${late} waits: crm is paused until .*, because several leads in a row were refused for the same reason \\(400 0x8004abcd\\)$`,
		);
		await eventually(() => said.some((line) => waits.test(line)));
		expect(await stateOf(local.sandboxUrl)).toMatchObject({
			cooldowns: [{ destination: 'crm', why: 'refused', code: '400 0x8004abcd', leads: 1 }],
		});

		await fetch(`${local.sandboxUrl}/faults`, { method: 'DELETE' });
		const before = local.workerPid();
		process.kill(before, 'SIGKILL');
		await eventually(() => local.workerPid() !== before);
		const first = await eventually(async () => post(5).catch(() => undefined));
		const all = [...leads, late, first].sort();
		await eventually(async () => (await get.records(local)).length >= all.length);
		expect((await get.records(local)).map(({ leadid }) => leadid).sort()).toEqual(all);
		expect(said.filter((line) => waits.test(line))).toHaveLength(1);
		expect((await stateOf(local.sandboxUrl)).cooldowns).toEqual([]);
	} finally {
		await local.stop();
	}
}, 90_000);

/** What the pages are told at once. */
async function stateOf(sandboxUrl: string): Promise<{ cooldowns: object[] }> {
	const end = new AbortController();
	const response = await fetch(`${sandboxUrl}/events`, { signal: end.signal });
	const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
	const { value = '' } = (await Promise.race([reader?.read(), setTimeout(5000, undefined, { ref: false })])) ?? {};
	end.abort();
	return JSON.parse(/data: (.*)/.exec(value)?.[1] ?? '{}');
}
