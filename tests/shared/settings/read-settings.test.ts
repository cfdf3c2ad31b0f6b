import { describe, expect, it } from '@jest/globals';
import { emailSettingsOf } from '../../../shared/destinations/email/email-settings.ts';
import { catalogue, settingNames } from '../../../shared/settings/catalogue.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';

/** Settings with which everything works; each test breaks one. */
const complete = {
	LEAD_DESTINATIONS: 'email;crm',
	EMAIL_FROM: 'leads@contoso.com',
	EMAIL_TO: 'sales@contoso.com; second@contoso.com',
	DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
	AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

const issueOf = (name: string, value: string) =>
	readSettings({ ...complete, [name]: value }).issues.find(({ setting }) => setting === name);

describe('reading the settings', () => {
	it('takes a complete set without complaint, defaults in place and durations in milliseconds', () => {
		const { kinds, ...settings } = readSettings(complete);
		expect(kinds.map(({ name }) => name)).toEqual(['email', 'crm']);
		expect(settings).toEqual({
			destinations: ['email', 'crm'],
			destinationsDecided: true,
			routes: [],
			testPolicy: 'deliver',
			dncPolicy: 'journal',
			samePerson: 'deliver',
			dedupeWindowMs: 86_400_000,
			retentionMs: 180 * 86_400_000,
			sweepSchedule: '0 */5 * * * *',
			retryWindowMs: 7 * 86_400_000,
			retryFirstMs: 30_000,
			attemptTimeoutMs: 60_000,
			own: {
				email: {
					from: 'leads@contoso.com',
					to: ['sales@contoso.com', 'second@contoso.com'],
					cc: [],
					locale: 'en-GB',
					timeZone: 'UTC',
					maxPerHour: 200,
					graphBaseUrl: 'https://graph.microsoft.com',
				},
				crm: { url: 'https://contoso.crm4.dynamics.com', duplicateDetection: false, locale: 'en-GB', timeZone: 'UTC' },
			},
			storage: { connectionString: 'UseDevelopmentStorage=true' },
			issues: [],
			warnings: [],
		});
	});

	it('complains about everything together, and never tells a value', () => {
		const { issues } = readSettings({
			LEAD_DESTINATIONS: 'email;secretly',
			EMAIL_TO: 'nobody',
			LEAD_RETENTION: 'half a year',
			GRAPH_BASE_URL: 'http://graph.example',
		});
		expect(issues.map(({ setting, problem }) => `${setting} ${problem}`)).toEqual([
			'LEAD_RETENTION is not a duration of a fixed length',
			'EMAIL_TO holds something that is not an e-mail address',
			'GRAPH_BASE_URL is not a URL that tokens may be sent to',
			'LEAD_DESTINATIONS holds a name (number 2) that is not a destination',
			'EMAIL_FROM is missing',
			'AzureWebJobsStorage is missing or incomplete',
		]);
		expect(JSON.stringify(issues)).not.toMatch(/secretly|nobody|half a year|graph\.example/);
	});

	it('keeps the valid destinations and stays undecided while a name is wrong or none is given', () => {
		expect(readSettings({ ...complete, LEAD_DESTINATIONS: 'crm, fax' })).toMatchObject({
			destinations: ['crm'],
			destinationsDecided: false,
		});
		expect(readSettings({ ...complete, LEAD_DESTINATIONS: ' ; ' })).toMatchObject({ destinations: [], destinationsDecided: false });
		expect(readSettings({ ...complete, LEAD_DESTINATIONS: 'CRM,Email,crm' })).toMatchObject({
			destinations: ['email', 'crm'],
			destinationsDecided: true,
		});
	});

	it('asks for what a destination needs only when it is a destination', () => {
		expect(readSettings({ LEAD_DESTINATIONS: 'crm', AzureWebJobsStorage: complete.AzureWebJobsStorage }).issues).toMatchObject([
			{ setting: 'DATAVERSE_URL', problem: 'is missing', blocks: ['crm'] },
		]);
	});

	it.each([
		['LEAD_DEDUPE_WINDOW', ['1D', 'P1M', '-P1D', 'P', 'P9999D', '86400']],
		['LEAD_SWEEP_SCHEDULE', ['*/5 * * * *', 'every minute', '0 */0 * * * *', '0 61 * * * *', '00:05:00']],
		['DELIVERY_ATTEMPT_TIMEOUT', ['PT0S', 'PT10M', '60']],
		['LEAD_TEST_POLICY', ['drop', 'Deliver!']],
		['EMAIL_FROM', ['leads', 'a@b.example; c@d.example', 'Leads <leads@contoso.com>']],
		['EMAIL_TO', ['sales@contoso.com sales2@contoso.com', 'sales@', '@contoso.com']],
		['EMAIL_MAX_PER_HOUR', ['0', '-1', '1.5', 'many']],
		['GRAPH_BASE_URL', ['graph.microsoft.com', 'http://graph.microsoft.com', 'https://user:pass@graph.microsoft.com']],
		['DATAVERSE_URL', ['contoso.crm4.dynamics.com', 'https://contoso.crm4.dynamics.com/main.aspx', 'http://contoso.crm4.dynamics.com']],
		['AZURE_CLIENT_ID', ['lead-intake', '1111']],
		['LEAD_ROUTES', ['DE', '{}', '[{"when":{"ofer":"x"},"choose":{}}]', '[{"when":{},"choose":{"to":"{{email}}"}}]']],
		['LEAD_SAME_PERSON', ['drop', 'mentions']],
		['EMAIL_SUBJECT', ['{{compny}}', '{{name', '{{> part}}', '{{links.mail}}']],
		['EMAIL_BODY', ['{{compny}}', '<p style="{{name}}">', '<a href={{links.mail}}>', '{{{name}}}']],
		['EMAIL_LOCALE', ['english', 'de_DE', 'xx-XX', '-']],
		['EMAIL_TIME_ZONE', ['Berlin', 'W. Europe Standard Time', '+02:00', 'Mars/Olympus']],
	])('refuses wrong values of %s and says what is allowed', (name, values) => {
		for (const value of values)
			expect({ value, issue: issueOf(name, value) }).toMatchObject({ value, issue: { allowed: expect.stringMatching(/such as|or|from/) } });
	});

	it.each([
		['LEAD_DEDUPE_WINDOW', ['PT0S', 'P1W', 'P1DT12H']],
		['LEAD_SWEEP_SCHEDULE', ['0 */5 * * * *', '*/2 * * * * *', '0 0 8-18 * * mon-fri', '0 0,30 * 1 jan *']],
		['GRAPH_BASE_URL', ['https://graph.microsoft.us', 'http://127.0.0.1:7080/graph/', 'http://localhost:1']],
		['DATAVERSE_URL', ['https://contoso.crm.dynamics.cn/', 'http://[::1]:7080']],
		['EMAIL_TO', ['müller@example.de', ' a@b.example ;c@d.example,']],
		['LEAD_ROUTES', ['[]', '[{"when":{"country":"DE"},"choose":{"to":"dach@contoso.com"}}]']],
		['LEAD_SAME_PERSON', ['deliver', 'mention', 'Mention']],
		['EMAIL_SUBJECT', ['{{marks}} {{name}}', 'New lead']],
		['EMAIL_BODY', ['<p>Hello</p>{{parts.details}}']],
		['EMAIL_LOCALE', ['de', 'de-AT', 'pt-BR', 'zh-Hant-TW']],
		['EMAIL_TIME_ZONE', ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']],
	])('takes right values of %s', (name, values) => {
		for (const value of values) expect({ value, issue: issueOf(name, value) }).toEqual({ value });
	});

	it.each(settingNames)('takes the default and the examples of %s', (name) => {
		const { default: value, examples = [], kind } = catalogue[name] ?? {};
		expect(kind).not.toBe('');
		expect(examples).not.toContain(value);
		for (const text of value === undefined ? examples : [value, ...examples])
			expect({ text, issue: issueOf(name, text) }).toEqual({ text });
	});

	it('keeps the rules that are right, and names those that are not', () => {
		const LEAD_ROUTES =
			'[{"when":{"ofer":"x"},"choose":{}},{"when":{"offer":"x"},"choose":{"journalOnly":true}},{"when":{"offer":"X"},"choose":{}}]';
		expect(readSettings({ ...complete, LEAD_ROUTES })).toMatchObject({
			routes: [{ rule: 2, choice: { journalOnly: true } }, { rule: 3 }],
			issues: [{ setting: 'LEAD_ROUTES', problem: 'rule 1: `when.ofer` is not a property; did you mean `offer`?', blocks: [] }],
			warnings: [{ setting: 'LEAD_ROUTES', problem: 'rule 3: can never match, because it has the same conditions as rule 2' }],
		});
	});

	it('reads words to choose from without regard to case, and guesses what was meant by others', () => {
		expect(
			readSettings({ ...complete, LEAD_TEST_POLICY: 'Journal', LEAD_SAME_PERSON: 'MENTION', DATAVERSE_DUPLICATE_DETECTION: 'True' }),
		).toMatchObject({ testPolicy: 'journal', samePerson: 'mention', own: { crm: { duplicateDetection: true } }, issues: [] });
		const records = { DATAVERSE_PHONE: 'International', DATAVERSE_COUNTRY: 'WORDS' };
		expect(readSettings({ ...complete, ...records })).toMatchObject({
			own: { crm: { internationalPhones: true, countriesInWords: true } },
		});
		expect(issueOf('LEAD_DNC_POLICY', 'Jurnal')?.problem).toBe('is not one of the values allowed; did you mean journal?');
		expect(issueOf('LEAD_DESTINATIONS', 'email;crn')?.problem).toBe('holds a name (number 2) that is not a destination; did you mean crm?');
		expect(issueOf('LEAD_DNC_POLICY', 'never')?.problem).toBe('is not one of the values allowed');
	});

	it('tells what is no connection string, and tries it all the same', () => {
		const read = (AzureWebJobsStorage: string) => readSettings({ ...complete, AzureWebJobsStorage });
		for (const text of ['rubbish', 'AccountName=contoso', 'https://contoso.table.core.windows.net'])
			expect({ text, ...read(text) }).toMatchObject({
				text,
				issues: [{ setting: 'AzureWebJobsStorage', problem: 'is not a connection string', blocks: ['email', 'crm'] }],
				storage: { connectionString: text },
			});
		for (const text of [
			'DefaultEndpointsProtocol=https; AccountName=contoso; AccountKey=AAAA==; EndpointSuffix=core.windows.net',
			'TableEndpoint=https://contoso.table.core.windows.net;QueueEndpoint=https://contoso.queue.core.windows.net;SharedAccessSignature=sv=1',
		])
			expect(read(text).issues).toEqual([]);
	});

	it('warns of rules for leads that a policy keeps in the journal', () => {
		const LEAD_ROUTES = '[{"when":{"test":true},"choose":{"to":"dev@contoso.com"}}]';
		expect(readSettings({ ...complete, LEAD_ROUTES, LEAD_TEST_POLICY: 'journal' }).warnings).toHaveLength(1);
	});

	it('asks for what the destination of a rule needs, but not for recipients that the rule brings', () => {
		const missing = (choose: object) =>
			readSettings({
				LEAD_DESTINATIONS: 'crm',
				DATAVERSE_URL: complete.DATAVERSE_URL,
				AzureWebJobsStorage: complete.AzureWebJobsStorage,
				LEAD_ROUTES: JSON.stringify([{ when: { test: true }, choose }]),
			}).issues.map(({ setting }) => setting);
		expect(missing({ destinations: 'email' })).toEqual(['EMAIL_FROM', 'EMAIL_TO']);
		expect(missing({ destinations: 'email', to: 'a@contoso.com' })).toEqual(['EMAIL_FROM']);
		expect(missing({ journalOnly: true })).toEqual([]);
	});

	it('uses the built-in texts in place of templates that are wrong', () => {
		const { own, issues } = readSettings({ ...complete, EMAIL_SUBJECT: '{{compny}} {{nme}}', EMAIL_BODY: '<p>{{name}}</p>' });
		const email = emailSettingsOf({ own });
		expect(email).toMatchObject({ body: '<p>{{name}}</p>' });
		expect(email.subject).toBeUndefined();
		expect(issues).toMatchObject([
			{ setting: 'EMAIL_SUBJECT', problem: 'holds {{compny}}, which is not known; did you mean {{company}}?', blocks: [] },
			{ setting: 'EMAIL_SUBJECT', problem: 'holds {{nme}}, which is not known; did you mean {{name}}?', blocks: [] },
		]);
	});

	const half = '\ud800';
	it.each([
		...settingNames.flatMap((name) =>
			[half, `${half}@contoso.com`, `<p>{{${half}}}</p>`, `{"a":"${half}"}`].map((value) => [name, value] as const),
		),
		...(['when', 'choose'] as const).flatMap((part) =>
			[
				{ to: 'x@y' },
				{ cc: ['x@y'] },
				{ subject: 'x{{x}}' },
				{ owner: 'x' },
				{ fields: { x: '{{x}}' } },
				{ offer: 'x' },
				{ country: 'x' },
				{ x: 1 },
			].map((members) => ['LEAD_ROUTES', JSON.stringify([{ when: {}, choose: {}, [part]: members }]).replaceAll('x', '\\ud800')] as const),
		),
		['DATAVERSE_FIELDS', '{"subject":"\\ud800","new_x":"{{\\ud800}}","\\ud800":1}'],
	])('reads half a surrogate pair in %s: %j', (name, value) => {
		expect(readSettings({ ...complete, [name]: value })).toMatchObject({ destinations: expect.any(Array), issues: expect.any(Array) });
	});

	it('leaves out a rule whose recipient is no whole text', () => {
		const LEAD_ROUTES = '[{"when":{},"choose":{"to":"\\ud800@contoso.com"}},{"when":{},"choose":{"to":"dach@contoso.com"}}]';
		expect(readSettings({ ...complete, LEAD_ROUTES })).toMatchObject({
			routes: [{ rule: 2 }],
			issues: [{ setting: 'LEAD_ROUTES', problem: expect.stringMatching(/^rule 1: `choose.to` is not valid/) }],
		});
	});

	it('reaches storage by identity when the service URIs or the account are named', () => {
		const { AzureWebJobsStorage, ...rest } = complete;
		const byUri = {
			AzureWebJobsStorage__queueServiceUri: 'https://q',
			AzureWebJobsStorage__tableServiceUri: 'https://t',
			AzureWebJobsStorage__clientId: 'id',
		};
		expect(readSettings({ ...rest, ...byUri }).storage).toEqual({
			tableServiceUri: 'https://t',
			queueServiceUri: 'https://q',
			clientId: 'id',
		});
		expect(readSettings({ ...rest, AzureWebJobsStorage__accountName: 'contoso' }).storage).toMatchObject({
			tableServiceUri: 'https://contoso.table.core.windows.net',
		});
		expect(readSettings({ ...rest, AzureWebJobsStorage__queueServiceUri: 'https://q' }).storage).toBeUndefined();
	});
});

describe('a Key Vault reference that the platform could not read', () => {
	const reference = '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s3cret)';
	it.each(Object.keys(catalogue))('is named, and used for nothing: %s', (name) => {
		const environment = {
			WEBHOOK_NAME_URL: 'https://leads.contoso.example/',
			...(name === 'WEBHOOK_NAME_BODY' && { WEBHOOK_NAME_FORMAT: 'custom' }),
		};
		const { issues, warnings } = readSettings({ ...environment, [name]: reference });
		const told = issues.filter(({ setting }) => setting === name).map(({ problem }) => problem);
		expect(told).toContainEqual(expect.stringContaining('is a Key Vault reference that the platform could not read'));
		expect(JSON.stringify([issues, warnings])).not.toContain('s3cret');
	});
});
