import { crmSettingsOf } from '../shared/destinations/crm/crm-settings.ts';
import { builtInColumns } from '../shared/destinations/crm/metadata/built-in-columns.ts';
import { gatherParts } from '../shared/destinations/crm/record-parts.ts';
import { toCrmRecord } from '../shared/destinations/crm/to-crm-record.ts';
import { composeMail } from '../shared/destinations/email/compose-mail.ts';
import { emailSettingsOf } from '../shared/destinations/email/email-settings.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { readLead } from '../shared/lead/read-lead.ts';
import { matchRoute } from '../shared/rules/match-route.ts';
import { readSettings } from '../shared/settings/read-settings.ts';
import type { BenchOptions } from './bench-options.ts';
import { type Figure, median, spread } from './figure.ts';
import { leadPayload } from './lead-payload.ts';

/** A rule that asks for much and meets none of our leads; the last one meets them all. */
const rules = Array.from({ length: 100 }, (_, index) =>
	index < 99
		? {
				when: { offer: [`contoso-${index}-*`, `*product ${index}`], country: ['DE', 'Austria', 'Switzerland'] },
				choose: { to: 'a@contoso.example' },
			}
		: { when: { country: 'United States' }, choose: { subject: '{{actionInWords}}: {{name}} ({{country}})' } },
);

/** A publisher who uses all there is: templates of his own, constants, choices, a lookup, an owner. */
const fields = {
	subject: '{{company}}: {{actionInWords}}',
	description: '{{description}}\n{{#campaignList}}{{name}}: {{value}}\n{{/campaignList}}',
	websiteurl: 'https://contoso.example/?c={{campaign.mktcmpid}}',
	leadqualitycode: 'Warm',
	leadsourcecode: { value: '8', type: 'choice' },
	numberofemployees: 10,
	donotphone: false,
	address1_line1: '{{company}}, {{country}}',
	campaignid: { lookup: 'campaigns', by: 'codename', value: '{{campaign.mktcmpid}}' },
	new_receivedon: { value: '{{receivedAtIso}}', type: 'date' },
};
const environment = {
	LEAD_ROUTES: JSON.stringify(rules),
	LEAD_DESTINATIONS: 'email;crm',
	EMAIL_FROM: 'leads@contoso.example',
	EMAIL_TO: 'sales@contoso.example',
	EMAIL_BODY:
		'<p title="{{offerTitle}}">{{actionInWords}}: {{name}} of {{company}}, {{receivedAt}}</p>{{#campaignList}}<p>{{name}}: {{value}}</p>{{/campaignList}}{{parts.top}}{{parts.notices}}{{parts.actions}}{{parts.details}}{{parts.foot}}',
	DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
	DATAVERSE_FIELDS: JSON.stringify(fields),
	DATAVERSE_OWNER: 'Marketplace sales',
	AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
/** The environment has answered before: what is measured is our own part. */
const remembered = {
	columns: async () => builtInColumns,
	findRecord: async () => ({ id: '5a4db0c5-0000-4000-8000-000000000031' }),
};

/** A lead's way through 100 rules, into a mail and into a record, in process. */
export async function benchMapping({ rounds, quick }: BenchOptions): Promise<Figure[]> {
	const settings = readSettings(environment);
	if (settings.issues.length > 0) throw new Error(settings.issues.map(({ setting, problem }) => `${setting} ${problem}`).join('; '));
	const payload = Buffer.from(leadPayload(1));
	const reading = readLead(payload, 'application/json');
	if (!reading.ok) throw new Error('the payload is no lead');
	const { lead } = reading;
	const request = { leadId: newLeadId(Date.now()), receivedAt: new Date(), lead, attempt: 1 };
	const { signal } = new AbortController();
	const leads = quick ? 20 : 2000;
	const each = async (work: () => unknown) => {
		const begun = performance.now();
		for (let index = 0; index < leads; index++) await work();
		return (performance.now() - begun) / leads;
	};
	const all = async () => {
		const { rule, choice } = await matchRoute(lead, settings.routes);
		if (rule !== rules.length) throw new Error(`rule ${rule} matched`);
		composeMail({ ...request, choice }, emailSettingsOf(settings));
		const parts = await gatherParts({ ...request, choice }, crmSettingsOf(settings), remembered, signal);
		return toCrmRecord({ ...request, choice }, crmSettingsOf(settings), parts);
	};
	await each(all);
	const [whole, reads] = [[] as number[], [] as number[]];
	for (let round = 0; round < Math.max(3, rounds); round++) {
		whole.push(await each(all));
		reads.push(await each(() => readLead(payload, 'application/json')));
	}
	const growth = await repeatedValues(quick ? 1 : Math.max(3, rounds));
	return [
		{
			part: 'mapping',
			what: '100 rules, body template and 10 mapped columns, a lead',
			value: median(whole),
			unit: 'ms',
			aim: { atMost: 1 },
			note: spread(whole),
		},
		{ part: 'mapping', what: 'payload to lead, validated', value: median(reads), unit: 'ms', note: spread(reads) },
		{
			part: 'mapping',
			what: 'time for a record of 28 KiB in each of 10 columns, 90 values that it repeats to 9',
			value: growth.ratio,
			unit: '×',
			aim: { atMost: 2 },
			note: growth.note,
		},
	];
}

/**
 * What it costs that each value of a lead is looked for in the columns: the customer's own words are in all of them, and say again and again what the
 * other values say.
 */
async function repeatedValues(rounds: number): Promise<{ ratio: number; note: string }> {
	const columns = Array.from({ length: 9 }, (_, index) => [`new_words${index}`, { value: `${index} {{description}}`, type: 'memo' }]);
	const settings = readSettings({
		...environment,
		DATAVERSE_FIELDS: JSON.stringify(Object.fromEntries([['description', '{{description}}'], ...columns])),
	});
	const repeated = (length: number) =>
		Object.fromEntries(Array.from({ length }, (_, index) => [`said${index}`, 'a'.repeat(1 + (index % 20))]));
	const timeFor = async (other: Record<string, string>) => {
		const reading = readLead(Buffer.from(JSON.stringify({ Email: 'a@customer.example', Description: 'a'.repeat(28 * 1024), ...other })));
		if (!reading.ok) throw new Error('the payload is no lead');
		const request = { leadId: newLeadId(Date.now()), receivedAt: new Date(), lead: reading.lead, attempt: 1 };
		const map = async () => {
			const parts = await gatherParts(request, crmSettingsOf(settings), remembered, new AbortController().signal);
			return toCrmRecord(request, crmSettingsOf(settings), parts);
		};
		const times: number[] = [];
		for (let round = 0; round < rounds * 10; round++) {
			const begun = performance.now();
			await map();
			times.push(performance.now() - begun);
		}
		return median(times);
	};
	await timeFor(repeated(1));
	const [few, many] = [await timeFor(repeated(9)), await timeFor(repeated(90))];
	return { ratio: many / few, note: `${few.toFixed(2)} and ${many.toFixed(2)} ms` };
}
