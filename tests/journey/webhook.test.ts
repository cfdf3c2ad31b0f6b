import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { sandboxWebhookSecret } from '../../sandbox/sandbox-settings.ts';
import { startLocal } from '../../sandbox/start/start-local.ts';
import { openCheckDeps } from '../../shared/checks/open-check-deps.ts';
import { openServices } from '../../shared/services.ts';
import { seenInSandbox } from '../../tools/doctor/seen-in-sandbox.ts';
import { startStandIn } from '../support/stand-in.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { runTool } from '../tools/doctor/doctor-tool.ts';

interface Message {
	path: string;
	headers: Record<string, string>;
	body: Record<string, unknown>;
	times: number;
}

/** An endpoint of each format that the sandbox has. */
const endpoints = {
	own: 'standard',
	zap: 'json',
	team: 'teams',
	sales: 'slack',
	chat: 'googlechat',
	hub: 'hubspot',
	force: 'form',
	mine: 'custom',
} as const;
const names = Object.keys(endpoints).map((name) => `webhook:${name}`);

it('a test lead goes the whole way to an endpoint of each format; one that is gone delays neither them nor the mail, and no log holds an address', async () => {
	const folder = tempFolder();
	const lines: string[] = [];
	const gone = await startStandIn(() => ({ status: 410, body: 's3cretanswer' }));
	const settings = {
		LEAD_DESTINATIONS: ['email', ...names, 'webhook:gone'].join(';'),
		...Object.fromEntries(Object.entries(endpoints).map(([name, format]) => [`WEBHOOK_${name.toUpperCase()}_FORMAT`, format])),
		WEBHOOK_GONE_URL: `${gone.root}/hook/s3cretkey`,
	};
	const local = await startLocal({ readyFile: join(folder.path, 'ready.json'), onLog: ({ message }) => lines.push(message), settings });
	try {
		const none = join(folder.path, 'none.json');
		writeFileSync(none, '{}');
		const here = ['--data', folder.path, '--settings', none];
		const pause = (ms: number) => setTimeout(Math.min(ms, 50));
		const { out } = await runTool([...here, '--send-test', '--wait', '3'], { pause, environment: settings });
		for (const name of ['email', ...names]) expect(out).toMatch(new RegExp(`Delivered to ${name} within`));
		expect(out).toMatch(/webhook:sales within .*: posted to Slack/);
		expect(out).toMatch(/Not delivered to webhook:gone within .* \(410\)/);

		const leadId = /accepted it as ([0-9a-f-]{36})/.exec(out)?.[1] ?? '';
		const deps = openCheckDeps(local.settings, openServices(local.settings));
		const seen = await seenInSandbox(leadId, local.sandboxUrl, { ...deps, pause });
		expect(seen.map(({ message }) => message)).toEqual([
			'The sandbox shows the mail.',
			...names.sort().map((name) => `The sandbox shows the message of ${name}.`),
		]);

		const messages = (await (await fetch(`${local.sandboxUrl}/messages.json`)).json()) as Message[];
		expect(messages.map(({ path, times }) => [path.split('/')[2], times]).sort()).toEqual(
			Object.values(endpoints)
				.map((format) => [format, 1])
				.sort(),
		);
		const messageOf = (format: string) => messages.find(({ path }) => path.includes(`/${format}/`)) as Message;
		const { body, headers } = messageOf('standard');
		expect(new Webhook(sandboxWebhookSecret).verify(JSON.stringify(body), headers)).toMatchObject({ data: { isTest: true } });
		expect(JSON.stringify(messageOf('slack').body)).toContain('[TEST]');
		expect(gone.received).toHaveLength(1);
		expect(lines.join('\n')).toContain('"destination":"webhook:gone"');
		expect(lines.join('\n') + out).not.toMatch(/s3cret|\/hook|\/services\//);
	} finally {
		await local.stop();
		gone.close();
		folder.remove();
		for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) delete process.env[name];
	}
});
