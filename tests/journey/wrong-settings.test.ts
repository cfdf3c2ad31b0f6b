import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { startLocal } from '../../sandbox/start/start-local.ts';
import { settingNames } from '../../shared/settings/catalogue.ts';
import { wrongSettings } from '../support/wrong-settings.ts';

it('answers 202 while every setting is wrong, and the sweep names each of them', async () => {
	const lines: string[] = [];
	const settings = Object.fromEntries(Object.entries(wrongSettings).map(([name, [first]]) => [name, first?.[0]]));
	const local = await startLocal({ settings, onLog: ({ message }) => lines.push(message) });
	try {
		const body = readFileSync('samples/published-2020.json');
		const response = await fetch(local.intakeUrl, { method: 'POST', body });
		expect([response.status, await response.json()]).toEqual([202, expect.objectContaining({ status: 'accepted' })]);
		await local.runFunction('LeadSweep');
		const misconfigured = lines.filter((line) => line.includes('"delivery.misconfigured"')).map((line) => JSON.parse(line));
		expect(new Set(misconfigured.flatMap(({ names }) => names))).toEqual(new Set(settingNames));
		expect(lines.find((line) => line.includes('"journal.checked"'))).toContain('"undecided":1');
		for (const value of Object.values(settings))
			if (value && value.length > 3) expect(misconfigured.map(({ problem }) => problem).join()).not.toContain(value);
	} finally {
		await local.stop();
	}
});
