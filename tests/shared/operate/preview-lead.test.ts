import { describe, expect, it } from '@jest/globals';
import type { Message } from '@microsoft/microsoft-graph-types';
import { otherTenantColumns } from '../../../sandbox/dataverse/other-tenant-columns.ts';
import type { PreviewDeps } from '../../../shared/delivery/destination-kind.ts';
import type { DataverseRequest } from '../../../shared/destinations/crm/call-dataverse.ts';
import { builtInColumns } from '../../../shared/destinations/crm/metadata/built-in-columns.ts';
import { liveEnvironment } from '../../../shared/destinations/crm/preview-record.ts';
import { type LeadPreview, previewLead } from '../../../shared/operate/preview-lead.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';
import { previewLines } from '../../../tools/preview/preview-lines.ts';
import { openSandbox } from '../../sandbox/open-sandbox.ts';
import { workingSettings } from '../../support/app.ts';
import { leadFixture, leadFixtureNames } from '../../support/lead-fixtures.ts';
import { bytesOf, payload } from '../../support/payload.ts';

const now = Date.UTC(2026, 10, 23, 22, 46, 10);
const signal = () => AbortSignal.timeout(20_000);

async function preview(
	body: Uint8Array,
	settings: Record<string, string> = {},
	deps: Partial<PreviewDeps> = {},
): Promise<LeadPreview & { mail: Message | undefined; record: DataverseRequest | undefined }> {
	const read = readSettings({ ...workingSettings, ...settings });
	const made = await previewLead(body, read, { now, note: () => undefined, signal: signal(), ...deps });
	if (!made.ok) throw new Error(JSON.stringify(made.issues));
	const { email, crm } = made.sent;
	return { ...made, mail: email?.request as Message | undefined, record: crm?.request as DataverseRequest | undefined };
}

describe('a preview', () => {
	it('shows the rule and why, the mail and the exact request', async () => {
		const rules = [
			{ when: { country: 'DE' }, choose: {} },
			{
				when: { country: 'GB' },
				choose: { to: 'uk@contoso.example', subject: '{{name}}', fields: { websiteurl: 'https://contoso.example' } },
			},
		];
		const { route, mail, record, destinations, leadId, warnings } = await preview(bytesOf(payload()), {
			LEAD_ROUTES: JSON.stringify(rules),
		});
		expect(route).toEqual({ rule: 2, why: ['rule 1 does not match: `country` is different', 'rule 2 matches: `country`'] });
		expect(destinations).toEqual(['email', 'crm']);
		expect(mail).toMatchObject({
			subject: expect.stringContaining('Ada Lovelace'),
			toRecipients: [{ emailAddress: { address: 'uk@contoso.example' } }],
			body: { contentType: 'html', content: expect.stringContaining('Analytical Engines Ltd') },
		});
		expect(record).toMatchObject({
			method: 'PATCH',
			url: `https://contoso.crm4.dynamics.com/api/data/v9.2/leads(${leadId})`,
			headers: { 'if-none-match': '*', 'odata-version': '4.0' },
		});
		expect(record?.headers).not.toHaveProperty('authorization');
		expect(JSON.parse(record?.body ?? '')).toMatchObject({ lastname: 'Lovelace', websiteurl: 'https://contoso.example' });
		expect(warnings).toEqual([]);
	});

	it('warns of what is cut, dropped and escaped, and of settings that are wrong', async () => {
		const { warnings } = await preview(
			bytesOf(payload({ UserDetails: { Company: '<b>x</b>'.repeat(30), Phone: '1'.repeat(60) }, Description: 'y '.repeat(3000) })),
			{
				DATAVERSE_FIELDS: '{"numberofemployees":"{{country}}","leadqualitycode":"Freezing","Bad":"x"}',
			},
		);
		expect(warnings).toEqual([
			expect.stringMatching(/^DATAVERSE_FIELDS column `Bad`: is not a logical name of a column; did you mean `bad`\?; allowed: /),
			'company holds markup or braces: they are shown as text',
			'DATAVERSE_FIELDS.leadqualitycode: its value is not one of the choices',
			'CRM: numberofemployees is not a whole number: it is in the description',
			'CRM: Company does not fit its column: it is in the description',
			'CRM: Phone does not fit its column: it is in the description',
			'CRM: the description is too long: parts of it are shortened',
		]);
	});

	it('warns of a body that makes too much of a lead, and shows the mail that would go out', async () => {
		const { mail, warnings } = await preview(bytesOf(payload({ Description: '&'.repeat(200) })), {
			EMAIL_BODY: '<p>{{description}}{{name}}{{offerTitle}}</p>'.repeat(600),
		});
		expect(mail?.body?.content).toContain('Lead reference');
		expect(warnings).toEqual(['EMAIL_BODY makes a mail of more than 60 KB']);
	});

	it('warns of rules that are valid, but probably not intended', async () => {
		const rules = ['Germny', 'DE', 'Germany'].map((country) => ({ when: { country }, choose: {} }));
		const { warnings } = await preview(bytesOf(payload()), { LEAD_ROUTES: JSON.stringify(rules) });
		expect(warnings).toEqual([
			expect.stringMatching(/^LEAD_ROUTES rule 1: `when.country` \(number 1\) is not a known country, so only.*did you mean `Germany`/),
			expect.stringMatching(/^LEAD_ROUTES rule 3: can never match, because it has the same conditions as rule 2; allowed: /),
		]);
	});

	it('shows why a payload is refused, and why a lead goes nowhere', async () => {
		const settings = readSettings(workingSettings);
		const deps = { now, note: () => undefined, signal: signal() };
		expect(await previewLead(bytesOf('no lead'), settings, deps)).toMatchObject({ ok: false, issues: [{ pointer: '' }] });
		const dnc = await preview(leadFixture('do-not-contact'));
		expect(dnc).toMatchObject({ destinations: [], journalOnly: 'do not contact' });
		expect(dnc.mail ?? dnc.record).toBeUndefined();
	});

	it('shows both while nobody has decided where leads go', async () => {
		const { destinations, warnings } = await preview(bytesOf(payload()), { LEAD_DESTINATIONS: '' });
		expect(destinations).toEqual(['email', 'crm']);
		expect(warnings).toContain('LEAD_DESTINATIONS is missing; allowed: email, crm or both, separated by ; or ,');
	});

	it('tells where it would have asked', async () => {
		const notes: string[] = [];
		const map = '{"campaignid":{"lookup":"campaigns","by":"codename","value":"{{country}}"}}';
		const { record } = await preview(bytesOf(payload()), { DATAVERSE_FIELDS: map }, { note: (text) => void notes.push(text) });
		expect(record?.body).toContain('/campaigns(00000000-0000-0000-0000-000000000000)');
		expect(notes).toEqual([expect.stringContaining('campaigns is searched by codename for "GB"')]);
	});

	it.each(leadFixtureNames)('can be made of %s, and printed', async (name) => {
		const made = await preview(leadFixture(name), { LEAD_DNC_POLICY: 'deliver' });
		const lines = previewLines(made, { email: 'mail.html' }).join('\n');
		expect(lines).toContain(`[#${made.reference}]`);
		expect(lines).toContain('Mail       mail.html');
		expect(lines).toContain('Nothing was sent.');
	});
});

describe('a live preview', () => {
	it('uses the columns and the records of the environment, and changes nothing there', async () => {
		const sandbox = await openSandbox({ columns: otherTenantColumns });
		const notes: string[] = [];
		const live = { getToken: () => sandbox.token(sandbox.url), fetch };
		const settings = { DATAVERSE_URL: sandbox.url, DATAVERSE_OWNER: 'Marketplace sales', DATAVERSE_FIELDS: '{"new_plan":"basic"}' };
		const { record, warnings } = await preview(bytesOf(payload()), settings, { live, note: (text) => void notes.push(text) });
		expect(JSON.parse(record?.body ?? '')).toMatchObject({
			new_plan: 10,
			'ownerid@odata.bind': '/teams(5a4db0c5-0000-4000-8000-000000000021)',
			subject: expect.stringMatching(/^.{50}$/),
		});
		expect(warnings).toContain('DATAVERSE_FIELDS.new_region: the column is required, and nothing fills it');
		expect(notes).toEqual([]);
		expect(await sandbox.json('/crm.json')).toEqual([]);
	});

	it('says so when the environment does not answer', async () => {
		const notes: string[] = [];
		const fail = async () => new Response(null, { status: 403 });
		const environment = liveEnvironment(
			{ url: 'https://contoso.crm4.dynamics.com', getToken: async () => 'token', fetch: fail },
			(text) => void notes.push(text),
		);
		expect(await environment.columns(signal())).toBe(builtInColumns);
		expect(notes).toEqual(['CRM: the columns of the environment could not be read; the standard ones are used: Dataverse answered 403']);
	});
});
