import { describe, expect, it } from '@jest/globals';
import { catalogue, settingNames } from '../../../shared/settings/catalogue.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';
import type { Settings } from '../../../shared/settings/settings.ts';

const complete = {
	LEAD_DESTINATIONS: 'email;crm',
	EMAIL_FROM: 'leads@contoso.com',
	EMAIL_TO: 'sales@contoso.com',
	DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
	AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
const read = (change: Record<string, string>) => readSettings({ ...complete, ...change });
const [tab, nbsp, bom, zeroWidth] = ['\t', '\u00a0', '\ufeff', '\u200b'];

/** Every way in which a value comes out of a page, a mail or a shell; the value within. */
const pasted: [way: string, paste: (text: string) => string][] = [
	['a tab around', (text) => `${tab}${text}${tab}`],
	['no-break spaces around', (text) => `${nbsp}${text}${nbsp}`],
	['a line break behind', (text) => `${text}\r\n`],
	['a byte order mark before', (text) => `${bom}${text}`],
	['a zero-width space behind', (text) => `${text}${zeroWidth}`],
	['a line separator behind', (text) => `${text}\u2028`],
];
const inQuotes: typeof pasted = [
	['straight quotes', (text) => `"${text}"`],
	['single quotes', (text) => `'${text}'`],
	['curly quotes', (text) => `“${text}”`],
	['German quotes', (text) => `„${text}“`],
	['quotes and a line break', (text) => `"${text}"\n`],
];
const kindOf = (name: string) => catalogue[name]?.kind ?? '';
const exampleOf = (name: string) => catalogue[name]?.examples[0] ?? '';
const isTemplate = (name: string) => kindOf(name).startsWith('template');
const withoutDefaults = ({ issues: _issues, ...settings }: Settings) => settings;

describe.each(settingNames)('%s', (name) => {
	const value = exampleOf(name);
	const expected = withoutDefaults(read({ [name]: value }));

	it.each(pasted)('means the same with %s', (_, paste) => {
		const { issues, ...settings } = read({ [name]: paste(value) });
		expect(issues).toEqual([]);
		expect(settings).toEqual(expected);
	});

	it.each(isTemplate(name) || kindOf(name) === 'JSON' ? inQuotes.slice(1, 3) : inQuotes)('means the same in %s', (_, paste) => {
		if (isTemplate(name)) return expect(read({ [name]: paste(value) }).issues).toEqual([]); // quotes are text there
		const { issues, ...settings } = read({ [name]: paste(value) });
		expect(issues).toEqual([]);
		expect(settings).toEqual(expected);
	});
});

describe('A setting', () => {
	it.each([
		['LEAD_SWEEP_SCHEDULE', `0${tab}*/5${nbsp}*  *\n* *`, 'sweepSchedule', '0 */5 * * * *'],
		['LEAD_SWEEP_SCHEDULE', '０ ＊/５ * * * *', 'sweepSchedule', '0 */5 * * * *'],
		['LEAD_SWEEP_SCHEDULE', `0 */${zeroWidth}5 * * * *`, 'sweepSchedule', '0 */5 * * * *'],
		['LEAD_RETENTION', 'Ｐ９０Ｄ', 'retentionMs', 90 * 86_400_000],
		['LEAD_RETENTION', 'p90d', 'retentionMs', 90 * 86_400_000],
		['AZURE_CLIENT_ID', `11111111-2222-3333-4444-5555${zeroWidth}55555555`, 'clientId', '11111111-2222-3333-4444-555555555555'],
		['LEAD_DESTINATIONS', '"email"; ＣＲＭ', 'destinations', ['email', 'crm']],
		['LEAD_DESTINATIONS', 'email；crm', 'destinations', ['email', 'crm']],
	])('%s of %j is handed on as it is checked', (name, value, member, expected) => {
		const settings = read({ [name]: value });
		expect(settings.issues).toEqual([]);
		expect(settings[member as keyof Settings]).toEqual(expected);
	});

	it('that is an address reaches Graph without what is not seen', () => {
		const { own, issues } = read({ EMAIL_FROM: 'ｌｅａｄｓ@contoso.com', EMAIL_TO: `"sales${zeroWidth}@contoso.com"; 'b@contoso.com'` });
		expect(issues).toEqual([]);
		expect(own.email).toMatchObject({ from: 'leads@contoso.com', to: ['sales@contoso.com', 'b@contoso.com'] });
	});

	it.each(['sales\u3000@contoso.com', 'sa les@contoso.com', 'sales\u2028@contoso.com'])(
		'that holds white space is no address: %j',
		(value) => {
			expect(read({ EMAIL_FROM: value }).issues).toMatchObject([{ setting: 'EMAIL_FROM', problem: 'is not an e-mail address' }]);
		},
	);

	it.each([
		['https://GRAPH.microsoft.com:443/', 'https://graph.microsoft.com'],
		['HTTPS:\\\\graph.microsoft.com', 'https://graph.microsoft.com'],
		['https://graph.microsoft.com//', 'https://graph.microsoft.com'],
		['https://graph.micro\u00adsoft.com', 'https://graph.microsoft.com'],
		['http://127.0.0.1:7080/graph/', 'http://127.0.0.1:7080/graph'],
	])('that is a URL is handed on as it is read: %j', (value, expected) => {
		const { own, issues } = read({ GRAPH_BASE_URL: value });
		expect(issues).toEqual([]);
		expect(own.email).toMatchObject({ graphBaseUrl: expected });
	});

	it('in JSON may be pasted with other spaces, in quotes, or as a string within JSON', () => {
		const rule = '[{"when":{"country":"DE"},"choose":{"to":"dach@contoso.com"}}]';
		for (const value of [
			rule.replaceAll(':', `:${nbsp}`).replaceAll(',', `,${bom}`),
			`'${rule}'`,
			`“${rule}”`,
			JSON.stringify(rule),
			`${JSON.stringify(rule)}\n`,
		])
			expect({ value, read: read({ LEAD_ROUTES: value }) }).toMatchObject({
				value,
				read: { issues: [], routes: [{ choice: { to: ['dach@contoso.com'] } }] },
			});
	});

	it('in JSON keeps what stands in its texts', () => {
		const { own, issues } = read({ DATAVERSE_FIELDS: `{"new_text":"a${nbsp}b 'c' “d”"}` });
		expect(issues).toEqual([]);
		expect(JSON.stringify(own.crm)).toContain(`a${nbsp}b 'c' “d”`);
	});

	it('that is a name keeps its letters and its inner quotes', () => {
		expect(read({ DATAVERSE_OWNER: `team:Marketplace${nbsp}sales` }).own.crm).toMatchObject({ owner: 'team:Marketplace sales' });
		expect(read({ DATAVERSE_OWNER: 'team:営業部 Ａ' }).own.crm).toMatchObject({ owner: 'team:営業部 Ａ' });
		expect(read({ DATAVERSE_OWNER: "O'Neil's team" }).own.crm).toMatchObject({ owner: "O'Neil's team" });
	});

	it('that never comes is named, and the default serves', () => {
		const { issues, sweepSchedule } = read({ LEAD_SWEEP_SCHEDULE: '0 0 0 31 2 *' });
		expect(issues).toMatchObject([{ setting: 'LEAD_SWEEP_SCHEDULE', problem: 'never runs: none of the months it names has such a day' }]);
		expect(sweepSchedule).toBe('0 */5 * * * *');
	});

	it('of nothing but quotes and blanks is missing', () => {
		for (const value of ['""', ' ', '“ ”', bom, zeroWidth]) expect(read({ LEAD_RETENTION: value }).issues).toEqual([]);
	});
});

describe('A name', () => {
	it.each(settingNames)('%s is found in any case', (name) => {
		const value = exampleOf(name);
		const { [name as 'EMAIL_TO']: _, ...others } = complete;
		const lower = readSettings({ ...others, [name.toLowerCase()]: value });
		expect(lower).toEqual(read({ [name]: value }));
		expect(readSettings({ ...others, [name]: '', [name.toLowerCase()]: value })).toEqual(lower);
	});

	it('as it is written wins over one in other letters', () => {
		expect(read({ email_to: 'other@contoso.com' }).own.email).toMatchObject({ to: ['sales@contoso.com'] });
	});

	it.each(['AzureWebJobsStorage__accountname', 'AZUREWEBJOBSSTORAGE__ACCOUNTNAME', 'azurewebjobsstorage:accountName'])(
		'%s is the account, as it is to the host',
		(name) => {
			const { storage } = readSettings({ ...complete, AzureWebJobsStorage: '', [name]: 'contoso', azurewebjobsstorage__CLIENTID: 'x' });
			expect(storage).toEqual({
				tableServiceUri: 'https://contoso.table.core.windows.net',
				queueServiceUri: 'https://contoso.queue.core.windows.net',
				clientId: 'x',
			});
		},
	);
});
