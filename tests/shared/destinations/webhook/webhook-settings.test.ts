import { describe, expect, it } from '@jest/globals';
import { usualFormat } from '../../../../shared/destinations/webhook/format-traits.ts';
import { findDoubts } from '../../../../shared/settings/find-doubts.ts';
import { readSettings } from '../../../../shared/settings/read-settings.ts';
import { endpointOf, endpointUrls } from '../../../support/endpoint.ts';

const storage = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const url = 'https://leads.contoso.example/hook?sig=s3cret';
const issuesOf = (texts: Record<string, string>, others?: Record<string, string>) =>
	endpointOf(texts, others).settings.issues.map(({ setting, problem }) => `${setting} ${problem}`);
const warningsOf = (texts: Record<string, string>) =>
	endpointOf(texts).settings.warnings.map(({ setting, problem }) => `${setting} ${problem}`);

describe('endpoints', () => {
	it('are as many destinations as settings name, behind the others, found in any case', () => {
		const settings = readSettings({
			...storage,
			LEAD_DESTINATIONS: 'webhook:Sales; email; WEBHOOK:support2',
			EMAIL_FROM: 'a@contoso.com',
			EMAIL_TO: 'b@contoso.com',
			webhook_support2_url: url,
			WEBHOOK_SALES_URL: url,
		});
		expect(settings.kinds.map(({ name }) => name)).toEqual(['email', 'crm', 'webhook:sales', 'webhook:support2']);
		expect([settings.destinations, settings.destinationsDecided, settings.issues]).toEqual([
			['email', 'webhook:sales', 'webhook:support2'],
			true,
			[],
		]);
	});

	it('may be chosen by a rule', () => {
		const LEAD_ROUTES = JSON.stringify([{ when: { country: 'DE' }, choose: { destinations: ['email', 'webhook:sales'] } }]);
		const settings = readSettings({
			...storage,
			LEAD_DESTINATIONS: 'crm',
			DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
			LEAD_ROUTES,
			EMAIL_FROM: 'a@contoso.com',
			EMAIL_TO: 'b@contoso.com',
			WEBHOOK_SALES_URL: url,
		});
		expect(settings.issues).toEqual([]);
		expect(settings.routes[0]?.choice.destinations).toEqual(['email', 'webhook:sales']);
		const wrong = readSettings({
			...storage,
			LEAD_DESTINATIONS: 'email',
			EMAIL_FROM: 'a@contoso.com',
			EMAIL_TO: 'b@contoso.com',
			WEBHOOK_SALES_URL: url,
			LEAD_ROUTES: LEAD_ROUTES.replace('sales', 'salse'),
		});
		expect(wrong.issues.map(({ problem }) => problem)).toEqual([
			'rule 1: `choose.destinations` (number 2) is not valid; did you mean `webhook:sales`?',
		]);
	});

	it.each([
		[
			{ LEAD_DESTINATIONS: 'email;webhook:sales' },
			'holds a name (number 2) that is not a destination, because WEBHOOK_SALES_URL is missing',
		],
		[
			{ LEAD_DESTINATIONS: 'webhook:sales', WEBHOOK_SALSE_URL: url },
			'holds a name (number 1) that is not a destination, because WEBHOOK_SALES_URL is missing; did you mean webhook:salse?',
		],
		[
			{ LEAD_DESTINATIONS: 'webhook:sales_eu', WEBHOOK_SALES_URL: url },
			'holds a name (number 1) that is not a destination; did you mean webhook:sales?',
		],
	])('without settings keep leads undecided, and say what is missing: %j', (environment, problem) => {
		const settings = readSettings({ ...storage, EMAIL_FROM: 'a@contoso.com', EMAIL_TO: 'b@contoso.com', ...environment } as never);
		expect(settings.destinationsDecided).toBe(false);
		expect(settings.issues.map((issue) => issue.problem)).toContain(problem);
	});

	it('that no one names are doubted', () => {
		expect(
			readSettings({
				...storage,
				LEAD_DESTINATIONS: 'email',
				EMAIL_FROM: 'a@contoso.com',
				EMAIL_TO: 'b@contoso.com',
				WEBHOOK_SALSE_URL: url,
			}).warnings,
		).toMatchObject([
			{ setting: 'WEBHOOK_SALSE_URL', problem: 'belongs to webhook:salse, which neither LEAD_DESTINATIONS nor a rule names' },
		]);
	});

	it('of one address are doubted, without telling it', async () => {
		const settings = readSettings({
			...storage,
			LEAD_DESTINATIONS: 'webhook:sales;webhook:support;webhook:team',
			WEBHOOK_SALES_URL: url,
			WEBHOOK_SUPPORT_URL: `${url}2`,
			WEBHOOK_TEAM_URL: url,
		});
		const doubts = await findDoubts(settings);
		expect(doubts.map(({ setting, problem }) => `${setting} ${problem}`)).toEqual([
			'WEBHOOK_TEAM_URL is the address of webhook:sales too: a lead for both comes there twice',
		]);
	});

	it('are missed when only other settings of theirs are there, and block no one else', () => {
		const { settings } = endpointOf(
			{ FORMAT: 'json' },
			{ LEAD_DESTINATIONS: 'email;webhook:sales', EMAIL_FROM: 'a@contoso.com', EMAIL_TO: 'b@contoso.com' },
		);
		expect(settings.issues).toMatchObject([{ setting: 'WEBHOOK_SALES_URL', problem: 'is missing', blocks: ['webhook:sales'] }]);
	});

	it('each have the pace and the repeatability of their format', () => {
		const kindWith = (texts: Record<string, string>) => endpointOf(texts).settings.kinds.at(-1);
		expect(kindWith({ URL: url })).toMatchObject({ name: 'webhook:sales', repeatable: true });
		expect(kindWith({ URL: endpointUrls.slack })).toMatchObject({ repeatable: false, inFirstStep: 20 });
		expect(kindWith({ URL: url, FORMAT: '"Slack"' })).toMatchObject({ repeatable: false, inFirstStep: 20 });
	});
});

describe('a URL', () => {
	it.each(Object.entries(endpointUrls))('of the service for %s is taken as it is', (format, text) => {
		const { own } = endpointOf({
			URL: text,
			...(format === 'form' && { FIELDS: '{"oid":"00D"}' }),
			...(format === 'custom' && { BODY: '{}' }),
		});
		expect(own.url).toBe(text);
		expect(own.format).toBe(format === 'custom' ? 'standard' : format);
	});

	it.each([
		['https://hook.eu2.make.com/abc', 'json'],
		['https://prod-12.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=x', 'teams'],
		['https://contoso.my.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8&orgId=00D', 'form'],
		['https://api-eu1.hsforms.com/submissions/v3/integration/submit/1/2', 'hubspot'],
		['https://n8n.contoso.example/webhook/abc', 'standard'],
		['https://hooks.slack.com.evil.example/services/T/B/x', 'standard'],
		['https://notlogic.azure.com.evil.example/', 'standard'],
	])('%s is of the format %s', (text, format) => expect(usualFormat(new URL(text))).toBe(format));

	it.each([
		[
			'@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s3cret)',
			'is a Key Vault reference that the platform could not read',
		],
		['leads.contoso.example/s3cret', 'is not a URL that begins with https://'],
		['ftp://leads.contoso.example/s3cret', 'is not a URL that begins with https://'],
		['https://', 'is not a URL'],
		['https://exa mple/s3cret', 'is not a URL'],
		['http://leads.contoso.example/s3cret', 'begins with http'],
		['https://user:s3cret@leads.contoso.example/', 'holds a user or a password'],
		['https://contoso.webhook.office.com/webhookb2/s3cret', 'is the address of an Office 365 connector'],
		['https://outlook.office.com/webhook/s3cret', 'is the address of an Office 365 connector'],
		['https://CONTOSO.webhook.office.com./webhookb2/s3cret', 'is the address of an Office 365 connector'],
		['https://leads.contoso.example/hook\n?sig=s3cret', 'holds a blank or a line break'],
		['https://leads.contoso.example/s3 cret', 'holds a blank or a line break'],
		['https://leads.contoso.example/s3cret, https://leads.fabrikam.example/s3cret', 'holds a blank or a line break'],
		['https://leads.contoso.example,https://leads.fabrikam.example/s3cret', 'holds more than one URL'],
		['https://leads.contoso.example;HTTPS://leads.fabrikam.example/s3cret', 'holds more than one URL'],
		['https://https://leads.contoso.example/s3cret', 'begins with https:// twice'],
		['https://http://leads.contoso.example/s3cret', 'begins with https:// twice'],
	])('that is wrong is named, not told: %s', (text, problem) => {
		const [issue = '', ...others] = issuesOf({ URL: text });
		expect(issue).toContain(`WEBHOOK_SALES_URL ${problem}`);
		expect(others).toEqual([]);
		expect(JSON.stringify(endpointOf({ URL: text }).settings.issues)).not.toContain('s3cret');
	});

	it.each([
		[
			'https://prod-12.westeurope.logic.azure.com:443/workflows/s3cret/triggers/manual/paths/invoke?api-version=1&sig=s3cret',
			'is on logic.azure.com',
		],
		['https://n8n.contoso.example/webhook-test/s3cret', 'is an n8n test address'],
		[endpointUrls.teams.replace(/&sig=.*/, ''), 'has no signature (sig=)'],
		['https://chat.googleapis.com/v1/spaces/AAAA/messages?key=s3cret', 'has no key= and token='],
		['https://hooks.slack.com/services/T/B/s3cr…', 'ends with three dots'],
		['https://leads.contoso.example/?k=s3cret;https://leads.fabrikam.example/', 'holds a second https://'],
		['https://leads.contoso.example/s3cret,HTTPS://leads.fabrikam.example/', 'holds a second https://'],
		['https://leads.contoso.example/s3cret|https://leads.fabrikam.example/', 'holds a second https://'],
		['https://leads.contoso.example/s3crethttps://leads.contoso.example/s3cret', 'holds a second https://'],
	])('that is hardly what was meant is doubted: %s', (text, problem) => {
		expect(issuesOf({ URL: text })).toEqual([]);
		expect(warningsOf({ URL: text })).toEqual([expect.stringContaining(`WEBHOOK_SALES_URL ${problem}`)]);
		expect(warningsOf({ URL: text }).join()).not.toContain('s3cr');
	});

	it.each([
		'https://relay.contoso.example/post?to=https://leads.contoso.example/hook&key=x',
		'https://relay.contoso.example/https://leads.contoso.example/hook',
		'https://relay.contoso.example/post?to=https%3A%2F%2Fleads.contoso.example,https%3A%2F%2Fleads.fabrikam.example',
		'https://relay.contoso.example/post?tags=a,b;c|d',
	])('that names another one in its path or query is taken as it is: %s', (text) => {
		expect([issuesOf({ URL: text }), warningsOf({ URL: text }), endpointOf({ URL: text }).own.url]).toEqual([[], [], text]);
	});

	it.each([
		'https://relay.contoso.example/post?to=a,https://leads.contoso.example/hook',
		'https://relay.contoso.example/a;https://leads.contoso.example/hook',
	])('that may be two is used as it is written, with a doubt: %s', (text) => {
		expect(endpointOf({ URL: text }).own.url).toBe(text);
	});

	it('copied from a page is read with & for &amp;, and that is said', () => {
		const { own } = endpointOf({ URL: endpointUrls.teams.replaceAll('&', '&amp;') });
		expect(own.url).toBe(endpointUrls.teams);
		expect(warningsOf({ URL: endpointUrls.teams.replaceAll('&', '&amp;') })).toEqual([
			'WEBHOOK_SALES_URL holds &amp; in place of &, as copied from a page: it is read as &',
		]);
	});
});

describe('the other settings of an endpoint', () => {
	it.each(['SECRET', 'AUTHORIZATION', 'HEADERS', 'FIELDS', 'BODY', 'TITLE'])(
		'that are Key Vault references which were not read are named: %s',
		(part) => {
			expect(issuesOf({ URL: url, [part]: '@Microsoft.KeyVault(VaultName=v;SecretName=s)' })).toEqual([
				expect.stringContaining(`WEBHOOK_SALES_${part} is a Key Vault reference that the platform could not read`),
			]);
		},
	);

	it.each([
		'Content-Type',
		'host',
		'Connection',
		'transfer-encoding',
		'USER-AGENT',
		'webhook-id',
		'Proxy-Authorization',
		'x-lead-id',
		'Authorization',
	])('give no header %s', (name) => {
		expect(issuesOf({ URL: url, HEADERS: JSON.stringify({ [name]: 'x' }) })).toEqual([
			expect.stringContaining('WEBHOOK_SALES_HEADERS holds'),
		]);
	});

	it.each(['{"x-a":"b\\r\\nx-c: d"}', '{"x a":"b"}', '{"x-a":1}', '{"":"b"}', '{"x-a":"b","X-A":"c"}'])(
		'give no header that is none: %s',
		(text) => {
			expect(issuesOf({ URL: url, HEADERS: text })).toHaveLength(1);
		},
	);

	it('give no authorization to a URL with a signature, which refuses it', () => {
		expect(issuesOf({ URL: endpointUrls.teams, AUTHORIZATION: 'Bearer x' })).toEqual([
			'WEBHOOK_SALES_AUTHORIZATION is refused together with a URL that has a signature (sig=): remove one of the two',
		]);
		expect(issuesOf({ URL: endpointUrls.teams.replace(/&sig=.*/, ''), AUTHORIZATION: 'Bearer x' })).toEqual([]);
	});

	it.each([
		['AUTHORIZATION', 'Authorization: Bearer s3cret', 'begins with the name of the header: write only what stands behind it'],
		['AUTHORIZATION', 'Bearer', 'is the name of a scheme alone: the token is missing behind it'],
		['AUTHORIZATION', 'Bearer @Microsoft.KeyVault(SecretUri=https://v/s3cret)', 'holds a Key Vault reference among other text'],
		['HEADERS', '{"x-key":"@Microsoft.KeyVault(SecretUri=https://v/s3cret)"}', 'holds a Key Vault reference among other text'],
		['FIELDS', '{"oid":"@Microsoft.KeyVault(SecretUri=https://v/s3cret)"}', 'holds a Key Vault reference among other text'],
		['BODY', '{"k":["@microsoft.keyvault(SecretUri=https://v/s3cret)"]}', 'holds a Key Vault reference among other text'],
		[
			'SECRET',
			'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw @Microsoft.KeyVault(SecretUri=https://v/s3cret)',
			'holds a Key Vault reference among other text',
		],
		['HEADERS', '{"__proto__":"x"}', 'holds a name that no header can have'],
		['HEADERS', '{"HTTP2-Settings":"x"}', 'holds http2-settings, which the app sets itself'],
		// Five characters of base64 are no whole byte more than four: it was cut when it was copied.
		['SECRET', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwx', 'holds a secret that is not whsec_'],
	])('that cannot mean what they say are named, not told: %s %s', (part, text, problem) => {
		const issues = issuesOf({ URL: url, [part]: text });
		expect(issues).toEqual([expect.stringContaining(`WEBHOOK_SALES_${part} ${problem}`)]);
		expect(issues.join()).not.toContain('s3cret');
	});

	it.each([
		['teams', 'FIELDS', '{"a":"b"}'],
		['standard', 'FIELDS', '{"a":"b"}'],
		['standard', 'TITLE', '{{name}}'],
		['json', 'BODY', '{"a":"b"}'],
		['custom', 'FIELDS', '{"a":"b"}'],
		['hubspot', 'TITLE', '{{name}}'],
	])('that do nothing in the format %s are doubted: %s', (format, part, text) => {
		const texts = { URL: url, FORMAT: format, ...(format === 'custom' && { BODY: '{}' }), [part]: text };
		expect(issuesOf(texts)).toEqual([]);
		expect(warningsOf(texts)).toContain(`WEBHOOK_SALES_${part} does nothing in the format ${format}`);
	});

	it.each([
		...['zapier', 'Make', 'n8n', 'IFTTT', 'power automate', 'logic-apps'].map((word) => [word, 'json']),
		...['Microsoft Teams', 'msteams', 'PowerAutomate', 'workflow'].map((word) => [word, 'teams']),
		...['discord', 'mattermost', 'telegram', 'template'].map((word) => [word, 'custom']),
		...['salesforce', 'web-to-lead', 'x-www-form-urlencoded'].map((word) => [word, 'form']),
		...['gchat', 'Google Chat', 'google_chat'].map((word) => [word, 'googlechat']),
		['Standard Webhooks', 'standard'],
	])('tell the format for a service that has none of its own: %s', (word = '', format) => {
		const [issue, ...others] = issuesOf({ URL: url, FORMAT: word });
		expect(issue).toMatch(new RegExp(`^WEBHOOK_SALES_FORMAT is not one of the values allowed; .*\\b${format}\\b`));
		expect(others).toEqual([]);
	});

	it.each(['constructor', '__proto__', 'toString', 's3cret'])('tell no format for a word that is no service: %s', (word) => {
		expect(issuesOf({ URL: url, FORMAT: word })).toEqual(['WEBHOOK_SALES_FORMAT is not one of the values allowed']);
	});

	it.each([
		['10.20.0.0/16', []],
		['0.0.0.0/0; ::/0', []],
		['fd12:3456::/32, 100.64.0.0/10', []],
		['fc00::/7', []],
		['8.8.8.0/24', [1]],
		['10.0.0.0/8, 127.0.0.0/8; 169.254.0.0/16', [2, 3]],
		['168.63.129.16/32', [1]],
		['172.32.0.0/16', [1]],
		['fd00:ec2::254/128', [1]],
		['::1/128; fe80::/10; 2603:1030::/32', [1, 2, 3]],
		['::ffff:10.0.0.0/104', [1]],
	])('open private networks, and a range that opens nothing is doubted once: %s', async (text, idle) => {
		const settings = readSettings({
			...storage,
			LEAD_DESTINATIONS: 'webhook:sales;webhook:support',
			WEBHOOK_SALES_URL: url,
			WEBHOOK_SUPPORT_URL: `${url}2`,
			WEBHOOK_PRIVATE_NETWORKS: text,
		});
		const doubts = (await findDoubts(settings)).map(({ setting, problem }) => `${setting} ${problem}`);
		expect(doubts).toEqual(
			idle.map((number) => expect.stringContaining(`WEBHOOK_PRIVATE_NETWORKS holds a range (number ${number}) that opens nothing`)),
		);
	});

	it('are missed where the format needs them', () => {
		expect(issuesOf({ URL: url, FORMAT: 'custom' })).toEqual(['WEBHOOK_SALES_BODY is missing, and the format is custom']);
		expect(issuesOf({ URL: endpointUrls.form })).toEqual([
			'WEBHOOK_SALES_FIELDS has no field oid, without which Salesforce takes nothing and says nothing',
		]);
	});

	it('block their endpoint while they are wrong, so that nothing is sent without a signature', () => {
		for (const [part, text] of [
			['SECRET', 'x'],
			['FORMAT', 'x'],
			['HEADERS', 'x'],
			['FIELDS', 'x'],
			['BODY', 'x'],
			['AUTHORIZATION', 'ü'],
		] as const)
			expect(endpointOf({ URL: url, [part]: text }).settings.issues).toMatchObject([
				{ setting: `WEBHOOK_SALES_${part}`, blocks: ['webhook:sales'] },
			]);
	});

	it('hold several secrets, the newest first', () => {
		const { own } = endpointOf({
			URL: url,
			SECRET: `whsec_${Buffer.alloc(24, 1).toString('base64')} whsec_${Buffer.alloc(32, 2).toString('base64')}`,
		});
		expect(own.secrets.map((secret) => [secret.length, secret[0]])).toEqual([
			[24, 1],
			[32, 2],
		]);
	});
});
