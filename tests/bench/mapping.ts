import { builtInColumns } from '../../shared/destinations/crm/metadata/built-in-columns.ts';
import { gatherParts } from '../../shared/destinations/crm/record-parts.ts';
import { toCrmRecord } from '../../shared/destinations/crm/to-crm-record.ts';
import { composeMail } from '../../shared/destinations/email/compose-mail.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { readLead } from '../../shared/lead/read-lead.ts';
import { matchRoute } from '../../shared/routes/match-route.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
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

/** Every type of template at work. */
const templates = {
	EMAIL_BODY:
		'<p>{{name}} of <b title="{{company}}">{{company}}</b>{{#recordUrl}}, <a href="{{recordUrl}}">CRM</a>{{/recordUrl}}</p>{{parts.details}}',
	DATAVERSE_FIELDS: JSON.stringify({
		subject: '{{company}}: {{actionInWords}}',
		description: '{{description}}\n{{#campaignList}}{{name}}: {{value}}\n{{/campaignList}}',
		websiteurl: 'https://contoso.example/?q={{email}}',
		leadqualitycode: 'Hot',
	}),
};

/** A lead's way through 100 rules, into a mail and into a record, in process. */
export async function benchMapping({ rounds, quick }: BenchOptions): Promise<Figure[]> {
	const settings = readSettings({
		...templates,
		LEAD_ROUTES: JSON.stringify(rules),
		LEAD_DESTINATIONS: 'email;crm',
		EMAIL_TO: 'sales@contoso.example',
	});
	if (settings.routes.length !== rules.length || !settings.email.body || !settings.crm.fields)
		throw new Error(settings.issues.map(({ problem }) => problem).join('; '));
	const payload = Buffer.from(leadPayload(1));
	const reading = readLead(payload, 'application/json');
	if (!reading.ok) throw new Error('the payload is no lead');
	const { lead } = reading;
	const request = { leadId: newLeadId(Date.now()), receivedAt: new Date(), lead, attempt: 1 };
	const environment = { columns: async () => builtInColumns, findRecord: async () => ({ missing: 'none' }) as const };
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
		composeMail({ ...request, choice }, settings.email);
		const parts = await gatherParts({ ...request, choice }, settings.crm, environment, signal);
		return toCrmRecord({ ...request, choice }, settings.crm, parts);
	};
	await each(all);
	const [whole, reads] = [[] as number[], [] as number[]];
	for (let round = 0; round < Math.max(3, rounds); round++) {
		whole.push(await each(all));
		reads.push(await each(() => readLead(payload, 'application/json')));
	}
	return [
		{
			part: 'mapping',
			what: '100 rules, mail and record by templates, a lead',
			value: median(whole),
			unit: 'ms',
			aim: { atMost: 1 },
			note: spread(whole),
		},
		{ part: 'mapping', what: 'payload to lead, validated', value: median(reads), unit: 'ms', note: spread(reads) },
	];
}
