import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { startLocal } from '../../sandbox/start/start-local.ts';
import { startStandIn } from '../support/stand-in.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { runTool } from '../tools/doctor/doctor-tool.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

it('a test lead goes the whole way to two endpoints; one that is gone delays neither them nor the mail, and no log holds an address', async () => {
	const folder = tempFolder();
	const lines: string[] = [];
	const own = await startStandIn(() => ({ status: 204 }));
	const slack = await startStandIn(() => ({ status: 200, body: 'ok' }));
	const gone = await startStandIn(() => ({ status: 410, body: 's3cretanswer' }));
	const local = await startLocal({
		readyFile: join(folder.path, 'ready.json'),
		onLog: ({ message }) => lines.push(message),
		settings: {
			LEAD_DESTINATIONS: 'email;webhook:own;webhook:sales;webhook:gone',
			WEBHOOK_OWN_URL: `${own.root}/hook?key=s3cretkey`,
			WEBHOOK_OWN_SECRET: secret,
			WEBHOOK_SALES_URL: `${slack.root}/services/T/B/s3cretkey`,
			WEBHOOK_SALES_FORMAT: 'slack',
			WEBHOOK_GONE_URL: `${gone.root}/hook/s3cretkey`,
		},
	});
	try {
		const here = ['--data', folder.path, '--settings', join(folder.path, 'none.json')];
		const { out } = await runTool([...here, '--send-test', '--wait', '3'], { pause: (ms) => setTimeout(Math.min(ms, 50)) });
		expect(out).toMatch(/Delivered to email within/);
		expect(out).toMatch(/Delivered to webhook:own within .*: accepted \(204\)/);
		expect(out).toMatch(/Delivered to webhook:sales within .*: posted to Slack/);
		expect(out).toMatch(/Not delivered to webhook:gone within .* \(410\)/);
		const [request] = own.received;
		const received = new Webhook(secret).verify(request?.body ?? '', request?.headers as Record<string, string>);
		expect(received).toMatchObject({ type: 'lead.received', data: { isTest: true } });
		expect(JSON.parse(slack.received[0]?.body ?? '').blocks[0].text.text).toMatch(/^\[TEST\]/);
		expect(gone.received).toHaveLength(1);
		expect(lines.join('\n')).toContain('"destination":"webhook:gone"');
		expect(lines.join('\n') + out).not.toMatch(/s3cret|\/hook|\/services\//);
	} finally {
		await local.stop();
		for (const standIn of [own, slack, gone]) standIn.close();
		folder.remove();
		for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) delete process.env[name];
	}
});
