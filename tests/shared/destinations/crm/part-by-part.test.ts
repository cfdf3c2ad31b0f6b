import { afterEach, describe, expect, it } from '@jest/globals';
import { createCrmDestination } from '../../../../shared/destinations/crm/create-crm-destination.ts';
import type { CrmSettings } from '../../../../shared/destinations/crm/crm-settings.ts';
import type { FieldMap } from '../../../../shared/destinations/crm/field-map/field-map.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { deliveryRequest, leadId } from '../../../support/delivery-request.ts';
import { type StandIn, startStandIn } from '../../../support/stand-in.ts';

const receivedAt = new Date('2026-11-23T22:46:10.123Z');
const id = (number: number) => `5a4db0c5-0000-4000-8000-${String(number).padStart(12, '0')}`;
type Sent = Record<string, unknown>;
interface Refused {
	status: number;
	code?: string;
	message?: string;
}

let dataverse: StandIn;
afterEach(() => dataverse?.close());

/** Delivers one lead to a Dataverse that refuses records as `refuse` says. */
async function deliver(
	refuse: (record: Sent, tries: number) => Refused | undefined,
	{
		fields = {},
		waitedMs = 3_600_000,
		lead = {},
		there = false,
		tookMs = 0,
		...settings
	}: { fields?: FieldMap; waitedMs?: number; lead?: Partial<Lead>; there?: boolean; tookMs?: number } & Partial<CrmSettings> = {},
) {
	const sent: Sent[] = [];
	dataverse = await startStandIn(({ method, body }) => {
		if (method === 'GET')
			return there
				? { status: 200, body: JSON.stringify({ leadid: leadId }) }
				: { status: 404, body: '{"error":{"code":"0x80040217","message":""}}' };
		const record = JSON.parse(body) as Sent;
		sent.push(record);
		const refused = refuse(record, sent.length);
		if (!refused) return { status: 204, headers: { 'odata-entityid': `${dataverse.root}/api/data/v9.2/leads(${leadId})` } };
		const { status, code = '', message = '' } = refused;
		return { status, body: JSON.stringify({ error: { code, message } }) };
	});
	let calls = 0;
	const crm = createCrmDestination({
		settings: { url: dataverse.root, duplicateDetection: false, fields, ...settings },
		getToken: async () => 'token',
		fetch,
		clock: () => receivedAt.getTime() + waitedMs + tookMs * calls++,
	});
	const outcome = await crm.deliver(deliveryRequest({ lead, receivedAt }), AbortSignal.timeout(20_000));
	const record = sent.at(-1) ?? {};
	return {
		outcome,
		sent,
		record,
		columns: Object.keys(record).sort(),
		description: String(record.description),
		warnings: outcome.kind === 'delivered' ? (outcome.warnings ?? []) : [],
	};
}

const all = [
	'address1_country',
	'companyname',
	'description',
	'emailaddress1',
	'firstname',
	'jobtitle',
	'lastname',
	'subject',
	'telephone1',
];
const allBut = (...left: string[]) => all.filter((column) => !left.includes(column));
const holds =
	(column: string, refused: Refused) =>
	(record: Sent): Refused | undefined =>
		column in record ? refused : undefined;

describe('the time at which a lead came', () => {
	it.each([
		[0, false],
		[59_999, false],
		[-5000, false],
		[60_000, true],
	])('is told of a lead that has waited %i ms: %s', async (waitedMs, told) => {
		const { record, sent } = await deliver(() => undefined, { waitedMs });
		expect(sent).toHaveLength(1);
		expect('overriddencreatedon' in record).toBe(told);
	});

	it.each([
		['', 'System date cannot be set to a date in the future'],
		['0x80040203', 'Das Systemdatum darf nicht in der Zukunft liegen.'],
		['-2147220989', ''],
		['0x80040999', 'overriddencreatedon'],
	])('costs only itself when it is refused (%s %s)', async (code, message) => {
		const { outcome, columns, warnings, sent } = await deliver(holds('overriddencreatedon', { status: 400, code, message }));
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: 'created, without the time it came' } });
		expect(columns).toEqual(all);
		expect(warnings).toEqual([expect.stringMatching(/overriddencreatedon.*400/)]);
		expect(sent).toHaveLength(2);
	});

	it('costs only itself when the privilege for it is missing', async () => {
		const refused = { status: 403, code: '0x80040220', message: 'Principal user is missing prvOverrideCreatedOnCreatedBy privilege' };
		const { columns, warnings } = await deliver(holds('overriddencreatedon', refused));
		expect(columns).toEqual(all);
		expect(warnings).toEqual([expect.stringContaining('403 0x80040220, prvOverrideCreatedOnCreatedBy is missing')]);
	});
});

describe('a column that the identity may not fill', () => {
	const secured = (message: string, status = 403): Refused => ({ status, code: '0x8004f502', message });
	const fields = { new_region: { value: '{{country}}', type: 'text' as const } };
	const told = (column: string) =>
		`User with ID: ${id(1)} does not have Create permissions for the ${column} attribute in the lead entity. Count secured attributes: 2.`;

	it.each([
		[403, told('leadsourcecode')],
		[400, told('leadsourcecode')],
		[500, 'Der Benutzer darf das Attribut „leadsourcecode“ nicht erstellen.'],
	])('is left out (%i)', async (status, message) => {
		const { columns, warnings, description } = await deliver(holds('leadsourcecode', secured(message, status)), {
			leadSource: 8,
			waitedMs: 0,
		});
		expect(columns).toEqual(all);
		expect(warnings).toEqual([expect.stringMatching(new RegExp(`^DATAVERSE_LEAD_SOURCE: .*leadsourcecode \\(${status} 0x8004f502\\)`))]);
		expect(description).toContain('Lead source: Web');
	});

	it('is left out when a setting maps it, and its value is in the description', async () => {
		const { columns, warnings, description } = await deliver(holds('new_region', secured(told('new_region'))), {
			fields,
			waitedMs: 0,
		});
		expect(columns).toEqual(all);
		expect(warnings).toEqual([expect.stringMatching(/^DATAVERSE_FIELDS\.new_region: .*new_region \(403 0x8004f502\)/)]);
		expect(description).toContain('new_region: GB');
	});

	it('is left out together with another that is told only afterwards', async () => {
		const { columns, warnings, sent } = await deliver(
			(record) => {
				const column = ['new_region', 'leadsourcecode', 'telephone1'].find((name) => name in record);
				return column ? secured(told(column)) : undefined;
			},
			{ fields, leadSource: 8 },
		);
		expect(sent).toHaveLength(4);
		expect(columns).toEqual([...allBut('telephone1'), 'overriddencreatedon'].sort());
		expect(warnings.map((warning) => warning.split(':')[0]).sort()).toEqual([
			'DATAVERSE_FIELDS.new_region',
			'DATAVERSE_FIELDS.telephone1',
			'DATAVERSE_LEAD_SOURCE',
		]);
	});

	it('is found by trying when the answer does not name it', async () => {
		const { columns } = await deliver(holds('jobtitle', secured('', 403)), { leadSource: 8, fields });
		expect(columns).toEqual([...allBut('jobtitle', 'address1_country'), 'leadsourcecode', 'new_region', 'overriddencreatedon'].sort());
	});

	it('is to be configured when even the smallest form holds it', async () => {
		const { outcome, sent } = await deliver(() => secured(''));
		expect(outcome).toMatchObject({ kind: 'configuration', names: ['column security profile for AZURE_CLIENT_ID'] });
		expect(sent.length).toBeLessThanOrEqual(12);
	});
});

describe('a value that Dataverse refuses', () => {
	it.each(all.filter((column) => !['subject', 'lastname', 'description'].includes(column)))(
		'costs the column that the answer names: %s',
		async (column) => {
			const message = `A validation error occurred. The length of the '${column}' attribute of the 'lead' entity exceeded the maximum allowed length.`;
			const { columns, description, sent, record } = await deliver(holds(column, { status: 400, code: '0x80044331', message }), {
				waitedMs: 0,
				lead: { firstName: 'Ada' },
			});
			expect(columns).toEqual(allBut(column));
			expect(description).toContain(String(sent[0]?.[column]));
			expect(record.subject).toBe(sent[0]?.subject);
			expect(sent).toHaveLength(2);
		},
	);

	it('is cut when the answer tells how long it may be', async () => {
		const company = 'Analytical Engines and Sons';
		const { record, description, warnings } = await deliver(
			({ companyname }) =>
				String(companyname).length > 10
					? { status: 400, code: '0x80044331', message: "The length of the 'companyname' attribute exceeded '10'." }
					: undefined,
			{ lead: { company } },
		);
		expect(record.companyname).toBe('Analytical');
		expect(description).toContain(company);
		expect(warnings).toEqual([expect.stringMatching(/^DATAVERSE_FIELDS\.companyname: .*cut/)]);
	});

	it('leaves a shorter subject and a shorter description where those are too long', async () => {
		const { record } = await deliver(
			({ subject, description }) =>
				String(subject).length > 50
					? { status: 400, code: '0x80044331', message: "'subject'" }
					: String(description).length > 600
						? { status: 400, code: '0x80044331', message: "'description'" }
						: undefined,
			{ lead: { offerTitle: 'Contoso CRM for everybody who needs one of these', description: 'Please call. '.repeat(200) } },
		);
		expect(String(record.subject)).toHaveLength(50);
		expect(record.description).toContain('Please call.');
		expect(record.companyname).toBe('Analytical Engines Ltd');
	});

	it('is told by its value when the answer names no column', async () => {
		const { columns } = await deliver(
			holds('new_plan', {
				status: 400,
				code: '0x80048d19',
				message: "Cannot convert the literal 'Gold' to the expected type 'Edm.Int32'.",
			}),
			{ fields: { new_plan: { value: 'Gold', type: 'text' } }, waitedMs: 0 },
		);
		expect(columns).toEqual(all);
	});

	it('is told by the kind of its code: a choice', async () => {
		const { columns, sent } = await deliver(holds('leadqualitycode', { status: 400, code: '0x8004431A' }), {
			fields: { leadqualitycode: 3, new_region: { value: 'EMEA', type: 'text' } },
		});
		expect(columns).toEqual([...all, 'new_region', 'overriddencreatedon'].sort());
		expect(sent).toHaveLength(2);
	});

	it('is not mistaken for a column that a sentence names by chance', async () => {
		const message = 'The description of this problem: jobtitle is too long.';
		const { columns } = await deliver(holds('jobtitle', { status: 400, code: '0x80044331', message }), { waitedMs: 0 });
		expect(columns).toEqual(allBut('jobtitle'));
	});

	it('leaves what did not change the answer where it was', async () => {
		const message = "The 'telephone1' of nobody.";
		const { columns } = await deliver(holds('jobtitle', { status: 400, code: '0x80040999', message }), { waitedMs: 0 });
		expect(columns).toEqual(allBut('jobtitle', 'address1_country'));
	});

	it('costs all but the smallest form when it cannot be found', async () => {
		const { outcome, columns, warnings, sent } = await deliver((record) =>
			'jobtitle' in record || 'telephone1' in record ? { status: 400, message: 'no' } : undefined,
		);
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: expect.stringContaining('smallest form') } });
		expect(columns).toEqual(['description', 'firstname', 'lastname', 'subject']);
		expect(warnings).toEqual([expect.stringContaining('smallest form')]);
		expect(sent.length).toBeLessThanOrEqual(12);
	});

	it.each(['', '0x80040999', '0x80044331'])('parks the lead when the smallest form is refused too, and says so (%s)', async (code) => {
		const { outcome, sent } = await deliver(() => ({ status: 400, code, message: 'no' }), { leadSource: 8 });
		expect(outcome).toMatchObject({ kind: 'permanent', smallest: true, code: `400 ${code}`.trim() });
		expect(sent.length).toBeLessThanOrEqual(12);
	});

	it('ends, whatever is named', async () => {
		const { outcome, sent } = await deliver((record, tries) => ({
			status: 400,
			code: '0x80044331',
			message: `${tries} '${Object.keys(record)[tries % Object.keys(record).length]}'`,
		}));
		expect(outcome).toMatchObject({ kind: 'permanent', smallest: true });
		expect(sent.length).toBeLessThanOrEqual(12);
	});

	it('is tried in the smallest form at once when Dataverse is slow', async () => {
		const { sent } = await deliver((_, tries) => (tries < 2 ? { status: 400, message: 'no' } : undefined), { tookMs: 9000 });
		expect(Object.keys(sent[1] ?? {}).sort()).toEqual(['description', 'firstname', 'lastname', 'subject']);
	});

	it('is tried in the smallest form at once when nothing at all is said', async () => {
		const { sent } = await deliver((_, tries) => (tries < 2 ? { status: 400 } : undefined));
		expect(Object.keys(sent[1] ?? {}).sort()).toEqual(['description', 'firstname', 'lastname', 'subject']);
	});

	it('keeps that a customer must not be contacted', async () => {
		const { record } = await deliver(({ companyname }) => (companyname ? { status: 400 } : undefined), { lead: { doNotContact: true } });
		expect(record).toMatchObject({ donotemail: true, donotphone: true, donotbulkemail: true });
	});
});

describe('a privilege that is missing for a part', () => {
	const missing = (name: string): Refused => ({ status: 403, code: '0x80040220', message: `… ${name} …` });
	const campaign = { campaignid: { lookup: 'campaigns', value: id(31) } };

	it.each<[string, string, FieldMap, string]>([
		['prvReadTransactionCurrency', 'revenue', { revenue: 5, new_region: { value: 'EMEA', type: 'text' } }, 'DATAVERSE_FIELDS.revenue'],
		[
			'prvAppendToCampaign',
			'campaignid@odata.bind',
			{ ...campaign, new_region: { value: 'EMEA', type: 'text' } },
			'DATAVERSE_FIELDS.campaignid',
		],
		['prvAppendLead', 'campaignid@odata.bind', { ...campaign, new_region: { value: 'EMEA', type: 'text' } }, 'DATAVERSE_FIELDS.campaignid'],
		[
			'prvReadCampaign',
			'campaignid@odata.bind',
			{ ...campaign, new_region: { value: 'EMEA', type: 'text' } },
			'DATAVERSE_FIELDS.campaignid',
		],
		['prvAssignLead', 'ownerid@odata.bind', { new_region: { value: 'EMEA', type: 'text' } }, 'DATAVERSE_OWNER'],
		['prvReadTeam', 'ownerid@odata.bind', { new_region: { value: 'EMEA', type: 'text' } }, 'DATAVERSE_OWNER'],
	])('costs what needs it: %s', async (privilege, property, fields, setting) => {
		const { columns, warnings, sent } = await deliver(holds(property, missing(privilege)), {
			fields,
			...(setting === 'DATAVERSE_OWNER' && { owner: `team:${id(21)}` }),
			waitedMs: 0,
		});
		expect(columns).toEqual([...all, 'new_region'].sort());
		expect(warnings).toEqual([expect.stringMatching(new RegExp(`^${setting.replace('.', '\\.')}: .*${privilege} is missing`))]);
		expect(sent).toHaveLength(2);
	});

	it('is found by trying when the answer does not name it, or one that we do not know', async () => {
		for (const message of ['SecLib::CheckPrivilege failed.', 'prvReadSomething']) {
			const { columns } = await deliver(holds('campaignid@odata.bind', { status: 403, code: '-2147220960', message }), {
				fields: { ...campaign, new_region: { value: 'EMEA', type: 'text' } },
			});
			expect(columns).toEqual([...all, 'new_region', 'overriddencreatedon'].sort());
			dataverse.close();
		}
	});

	it('stops everything when it is one for leads themselves', async () => {
		const { outcome, sent } = await deliver(() => missing('prvCreateLead'), { fields: campaign, owner: `team:${id(21)}` });
		expect(outcome).toMatchObject({ kind: 'configuration', reason: expect.stringContaining('prvCreateLead') });
		expect(sent).toHaveLength(1);
	});

	it('stops everything when it stays although all that is optional is left out', async () => {
		const { outcome } = await deliver(() => missing('prvReadSomething'), { fields: campaign });
		expect(outcome).toMatchObject({ kind: 'configuration' });
	});
});

describe('a record that is not there, or may not be pointed to', () => {
	it.each<[string, Refused]>([
		['gone', { status: 404, code: '0x80040217', message: `campaign With Id = ${id(31)} Does Not Exist` }],
		['gone, in another language', { status: 400, code: '0x80040217', message: 'Datensatz fehlt' }],
		['not readable', { status: 403, code: '0x80040220', message: `no ReadAccess rights for record with id ${id(31)} of entity campaign` }],
		['of another table', { status: 400, code: '0x80048d19', message: "cannot be bound to the navigation property 'campaignid'." }],
		['of no set', { status: 400, code: '0x80060888', message: "Resource not found for the segment 'campaigns'." }],
	])('costs the lookup: %s', async (_, refused) => {
		const { columns, warnings } = await deliver(holds('campaignid@odata.bind', refused), {
			fields: { campaignid: { lookup: 'campaigns', value: id(31) }, new_region: { value: 'EMEA', type: 'text' } },
			waitedMs: 0,
		});
		expect(columns).toEqual([...all, 'new_region'].sort());
		expect(warnings).toEqual([expect.stringMatching(/^DATAVERSE_FIELDS\.campaignid: /)]);
	});
});

describe('an alternate key that another record has', () => {
	const message = (column: string) =>
		`A record that has the attribute values ${column} already exists. The entity key requires that this set of attributes contains unique values.`;

	it('is a person’s matter when it is the lead’s own', async () => {
		const { outcome } = await deliver(() => ({ status: 412, code: '0x80060892', message: message('emailaddress1') }));
		expect(outcome).toMatchObject({ kind: 'permanent', code: '412 0x80060892', reason: expect.stringContaining('alternate key') });
		expect(outcome).not.toHaveProperty('smallest');
	});

	it('costs the column when a setting maps it', async () => {
		const { columns } = await deliver(holds('new_number', { status: 412, code: '0x80060892', message: message('new_number') }), {
			fields: { new_number: { value: '{{offer}}', type: 'text' } },
			waitedMs: 0,
		});
		expect(columns).toEqual(all);
	});

	it('is our own record when it is there', async () => {
		const { outcome } = await deliver(() => ({ status: 412, code: '0x80060892', message: message('emailaddress1') }), { there: true });
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: 'existed already' } });
	});
});

describe('what is the same for every lead', () => {
	it.each<[string, Refused, string]>([
		['disabled', { status: 400, code: '0x80040225', message: 'The user with id … is disabled.' }, 'disabled'],
		['disabled', { status: 403, code: '-2147220955' }, 'disabled'],
		['disabled', { status: 400, message: 'The user representing the OAuth principal is disabled.' }, 'disabled'],
		['no role', { status: 400, code: '0x80042f09' }, 'no security role'],
		['access control', { status: 403, code: '0x80095ffc' }, 'access control'],
		['administration mode', { status: 403 }, 'administration mode'],
		[
			'plug-in',
			{ status: 400, message: "Could not load file or assembly 'X, Version=8.0.31.0, Culture=neutral, PublicKeyToken=c5'" },
			'plug-in',
		],
		['plug-in', { status: 400, message: "Datei oder Assembly 'X, Version=1, Culture=neutral, PublicKeyToken=c5' fehlt" }, 'plug-in'],
		['plug-in', { status: 400, code: '0x80040265', message: 'System.TypeLoadException' }, 'plug-in'],
		['plug-in', { status: 400, code: '0x80040224', message: 'An unexpected error occurred from ISV code.' }, 'plug-in'],
		['no user', { status: 400, code: '0x80072560' }, 'is not an application user'],
	])('parks no lead, and is named with its cure: %s', async (_, refused, words) => {
		const { outcome, sent } = await deliver(() => refused, { leadSource: 8, fields: { revenue: 5 } });
		expect(outcome).toMatchObject({
			kind: 'configuration',
			reason: expect.stringContaining(words),
			remedy: expect.stringMatching(/\S/),
			names: [expect.any(String)],
		});
		expect(sent).toHaveLength(1);
	});

	it('is not what a lead says', async () => {
		const message = "Cannot convert the literal 'Could not load file or assembly' to the expected type 'Edm.Int32'. The user x is disabled";
		const { outcome } = await deliver(() => ({ status: 400, code: '0x80048d19', message }));
		expect(outcome).toMatchObject({ kind: 'permanent', smallest: true });
	});
});
