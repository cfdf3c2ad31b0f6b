import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { createWebhookDestination } from '../../shared/destinations/webhook/create-webhook-destination.ts';
import { formatTraits } from '../../shared/destinations/webhook/format-traits.ts';
import { formats } from '../../shared/destinations/webhook/formats/formats.ts';
import { signatureHeaders } from '../../shared/destinations/webhook/formats/standard.ts';
import { readSecrets } from '../../shared/destinations/webhook/read-parts.ts';
import type { WebhookSettings } from '../../shared/destinations/webhook/webhook-settings.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { deliveryRequest, leadId } from '../support/delivery-request.ts';
import { endpointWithFormat } from '../support/endpoint.ts';

const index = readFileSync('docs/webhooks.md', 'utf8');
const pages = Object.fromEntries(
	readdirSync('docs/webhooks').map((name) => [name.replace('.md', ''), readFileSync(`docs/webhooks/${name}`, 'utf8')]),
);
const names = Object.keys(pages);
const schema = JSON.parse(readFileSync('shared/destinations/webhook/webhook-settings.json', 'utf8')).properties;
const settings = Object.keys(schema);

/** Blocks of a language, without what a list indents them by. */
const blocksOf = (text: string, language: string) =>
	[...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(([, indent = '', block = '']) =>
		block.replace(new RegExp(`^${indent}`, 'gm'), '').trim(),
	);

/** The settings of a page, block by block; each block is read together with the URL and the format that were named before. */
const examplesOf = (page: string) => {
	const known: Record<string, string> = {
		AzureWebJobsStorage: 'UseDevelopmentStorage=true',
		EMAIL_FROM: 'leads@contoso.com',
		EMAIL_TO: 'sales@contoso.com',
	};
	return blocksOf(pages[page] ?? '', 'ini').map((block) => {
		const written = Object.fromEntries(
			block.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
		);
		for (const [name, value] of Object.entries(written))
			if (/_URL|_FORMAT|_SECRET|_FIELDS|_BODY$|DESTINATIONS/.test(name)) known[name] = value;
		return { ...known, ...written };
	});
};

describe('docs/webhooks.md', () => {
	it('names every setting, and has a page for every service', () => {
		for (const name of settings) expect(index).toContain(`\`${name}\``);
		for (const name of names) expect(index).toContain(`(webhooks/${name}.md)`);
		for (const format of Object.keys(formatTraits)) expect(index).toContain(`| \`${format}\` |`);
		expect(schema.WEBHOOK_NAME_FORMAT.enum).toEqual(Object.keys(formatTraits));
	});

	const rows = [
		...index.matchAll(/^\| (.*\d{3}.*) \| (`(?:transient|configuration|permanent)`(?: three times, then `permanent`)?) \|/gm),
	].flatMap(([, statuses = '', meaning = '']) => [...statuses.matchAll(/\d{3}/g)].map(([status]) => [Number(status), meaning] as const));

	/** Of the third and the fourth attempt: one word for both, or one for each. */
	const kindsIn = (meaning: string) => {
		const [third, fourth = third] = Array.from(meaning.matchAll(/`(\w+)`/g), ([, kind]) => kind);
		return [third, fourth];
	};

	it.each(rows)('says of the answer %i what it means: %s', (status, meaning) => {
		const answered = {
			answer: { status, text: '', header: () => undefined, ended: 'whole' as const },
			leadId,
			own: endpointWithFormat('json'),
			setting: 'WEBHOOK_SALES_URL',
			repeatable: false,
		};
		const kindAt = (attempt: number) => formats.json.outcome({ ...answered, attempt }).kind;
		expect([kindAt(3), kindAt(4)]).toEqual(kindsIn(meaning));
	});

	it('says it of enough answers', () => expect(rows.length).toBeGreaterThan(20));

	it('says how many of what has waited are posted in a step', () => {
		const said = { slack: 20, googlechat: 20, teams: 50, hubspot: 50 };
		const steps = Object.entries(formatTraits).flatMap(([name, { inFirstStep }]) => (inFirstStep ? [[name, inFirstStep]] : []));
		expect(Object.fromEntries(steps)).toEqual(said);
		expect(index).toContain('at most 20 to Slack\n  and Google Chat, 50 to Teams and HubSpot');
	});
});

describe.each(names)('docs/webhooks/%s.md', (page) => {
	const text = pages[page] ?? '';

	it('goes from zero to the first message, and says what is promised, what to do, and where to delete', () => {
		const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual(
			expect.arrayContaining([
				'From zero to the first message',
				'What is promised, and what is not',
				'When something goes wrong',
				'Changing the secret',
				'Personal data',
			]),
		);
		expect(text).toContain('npm run doctor -- --send-test');
	});

	it('shows settings that are right, and names none that there is not', () => {
		expect(examplesOf(page).length).toBeGreaterThan(0);
		for (const example of examplesOf(page)) {
			const { issues, warnings } = readSettings(example) as { issues: unknown[]; warnings?: unknown[] };
			expect({ example, issues, warnings: warnings ?? [] }).toEqual({ example, issues: [], warnings: [] });
		}
		const named = [...text.matchAll(/\bWEBHOOK_[A-Z_]+\b/g)].map(([name]) => name);
		const isSetting = (name: string) => settings.includes(name) || settings.includes(name.replace(/_[A-Z]+_/, '_NAME_'));
		expect(named.filter((name) => !isSetting(name))).toEqual([]);
	});

	it('says the format that its settings have', () => {
		const [row = ''] = index.match(new RegExp(`^.*\\(webhooks/${page}\\.md\\).*$`, 'm')) ?? [];
		const { own } = readSettings(examplesOf(page)[0] ?? {});
		const [endpoint] = Object.entries(own).flatMap(([name, value]) => (name.startsWith('webhook:') ? [value as WebhookSettings] : []));
		expect(row).toContain(`| \`${endpoint?.format}\` |`);
	});
});

describe('what docs/webhooks/own-service.md shows', () => {
	const text = pages['own-service'] ?? '';
	const [javascript = ''] = blocksOf(text, 'js');
	const [python = ''] = blocksOf(text, 'python');
	const [, secret = ''] = /WEBHOOK_OWN_SECRET=(\S+)/.exec(text) ?? [];
	const [, secrets = ''] = /WEBHOOK_OWN_SECRET=(\S+ \S+)/.exec(text) ?? [];

	it('is a body that the schema knows', () => {
		const validate = new Ajv({ strict: false, formats: { uuid: true } }).compile(
			JSON.parse(readFileSync('docs/webhook-standard.schema.json', 'utf8')),
		);
		const [body = ''] = blocksOf(text, 'json');
		expect([validate(JSON.parse(body)), validate.errors]).toEqual([true, null]);
	});

	it('is a service that takes what is signed, leaves out repetitions, and takes nothing else', async () => {
		const env = { ...process.env, LEAD_SECRET: secret, PORT: '0' };
		const service = spawn(process.execPath, ['--input-type=module', '--eval', javascript], { env, stdio: ['ignore', 'pipe', 'inherit'] });
		const said: string[] = [];
		const lines = createInterface(service.stdout).on('line', (line) => said.push(line));
		try {
			await once(lines, 'line');
			const port = /\d+$/.exec(said[0] ?? '')?.[0];
			const postWith = async (key: string) => {
				const own = endpointWithFormat('standard', { URL: `http://127.0.0.1:${port}/hook`, SECRET: key });
				return (await createWebhookDestination('webhook:own', own).deliver(deliveryRequest(), new AbortController().signal)).kind;
			};
			expect(await postWith(secret)).toBe('delivered');
			expect(await postWith(secrets)).toBe('delivered');
			expect(await postWith('whsec_c29tZW9uZS1lbHNlLXNvbWVvbmUtZWxzZQ==')).toBe('configuration');
			expect(said.slice(1)).toEqual(['lead 1a2b3c4d']);
		} finally {
			service.kill();
		}
	});

	const hasPython = spawnSync('python3', ['--version']).status === 0;
	(hasPython ? it : it.skip)('is a function in Python that says the same', () => {
		const body = Buffer.from(formats.standard.compose(deliveryRequest(), endpointWithFormat('standard')).body);
		const headers = signatureHeaders(leadId, body, { secrets: readSecrets(secrets).value ?? [], now: Date.now() });
		const old = signatureHeaders(leadId, body, { secrets: readSecrets(secrets).value ?? [], now: Date.now() - 400_000 });
		const ask = `import json, sys\nq = json.loads(sys.stdin.read())\nprint([is_from_the_app(s, h, b.encode()) for s, h, b in q])`;
		const other = 'whsec_c29tZW9uZS1lbHNlLXNvbWVvbmUtZWxzZQ==';
		const questions = [
			[secret, headers, String(body)],
			[other, headers, String(body)],
			[secret, headers, `${body} `],
			[secret, old, String(body)],
		];
		const { stdout, stderr } = spawnSync('python3', ['-c', `${python}\n${ask}`], { input: JSON.stringify(questions), encoding: 'utf8' });
		expect([stdout.trim(), stderr]).toEqual(['[True, False, False, False]', '']);
	});
});
