import { cut } from '../../../lead/clean-text.ts';
import { templateView } from '../../../templates/template-view.ts';
import { byStatus, configuration, delivered, refused } from './common-outcome.ts';
import type { Answered, Format } from './format.ts';
import { renderFields } from './render-fields.ts';

/** Salesforce web-to-lead has these; other forms name theirs in the setting. https://help.salesforce.com/s/articleView?id=sales.setting_up_web-to-lead.htm */
const usualFields = {
	first_name: '{{firstName}}',
	last_name: '{{lastName}}',
	company: '{{company}}',
	email: '{{email}}',
	phone: '{{phone}}',
	title: '{{title}}',
	description: '{{description}}',
	lead_source: '{{sourceInWords}}',
};

/** A URL that is never opened: Salesforce wants one to lead the visitor's browser back to. */
const returnUrl = 'https://www.example.com/';

/** Characters that Salesforce's fields of a lead hold. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm */
const mostOf = { first_name: 40, last_name: 80, company: 255, phone: 40, title: 128, lead_source: 255 };
const [mostOfAddress, mostOfDescription] = [80, 32_000];

/** What a browser posts from an HTML form. */
export const form: Format = {
	compose: (request, own) => {
		const view = templateView({ ...request, locale: own.locale, timeZone: own.timeZone });
		const isSalesforce = isWebToLead(own.url);
		const templates = isSalesforce || !own.fields ? { ...usualFields, ...own.fields } : own.fields;
		const { fields, warnings } = renderFields(templates, view, own);
		const { lead } = request;
		// Without these Salesforce takes nothing, and says nothing.
		if ('last_name' in templates && fields.last_name === '')
			fields.last_name = lead.firstName || lead.email?.split('@')[0] || '(not given)';
		if ('company' in templates && fields.company === '') fields.company = '(not given)';
		const added = isSalesforce ? { retURL: returnUrl, encoding: 'UTF-8', ...fitted(fields) } : fields;
		return {
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
			body: new URLSearchParams(Object.entries(added).filter(([, value]) => value !== '')).toString(),
			warnings,
		};
	},
	readsSuccess: false,
	outcome: (answered) =>
		isWebToLead(answered.own.url)
			? ofSalesforce(answered)
			: byStatus(answered, () => delivered(answered, `accepted (${answered.answer.status})`)),
};

/**
 * Salesforce makes no lead of a value that is too long for its field, or of an address that is none, and hardly says so: such a value stands whole in the
 * description, and its field holds what fits.
 */
function fitted(fields: Record<string, string>): Record<string, string> {
	const fit: Record<string, string> = { ...fields };
	const whole: string[] = [];
	for (const [name, most] of Object.entries(mostOf)) {
		const value = fields[name];
		if (value === undefined || value === '') continue;
		if (value.length <= most) continue;
		fit[name] = `${cut(value, most - 1)}…`;
		whole.push(`${name}: ${value}`);
	}
	const { email = '' } = fields;
	if (email !== '' && (email.length > mostOfAddress || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email))) {
		fit.email = '';
		whole.push(`email: ${email}`);
	}
	const words = fields.description ?? '';
	// The end of what is too long is cut off: then what is nowhere else comes first.
	const parts = words.length > mostOfDescription / 2 ? [...whole, words] : [words, ...whole];
	const description = parts.filter(Boolean).join('\n');
	return { ...fit, description: description.length > mostOfDescription ? `${cut(description, mostOfDescription - 1)}…` : description };
}

const isWebToLead = (url = '') => /\/servlet\/servlet\.WebToLead/i.test(url);

/**
 * Salesforce answers 200 whatever happens; the header `Is-Processed` holds the one sign that nothing was made (no documentation of Salesforce's names it). It
 * leads a browser back to `retURL`, which is no redirect of the address.
 */
function ofSalesforce(answered: Answered) {
	const { status, header } = answered.answer;
	const { setting } = answered;
	const processed = header('is-processed') ?? '';
	if (/exception|^\s*false/i.test(processed)) {
		const fields = setting.replace(/_URL$/, '_FIELDS');
		return refused(answered, {
			word: 'is-processed-exception',
			reason: `Salesforce made no lead, and does not say why (${status}, Is-Processed)`,
			remedy: `Check oid in ${fields}, the fields that your Salesforce demands, and that web-to-lead is switched on; then replay the delivery.`,
		});
	}
	const made = () =>
		delivered(answered, 'taken by web-to-lead, which never says whether a lead was made', {
			...(processed === '' && { warnings: [`${setting}: the answer has no header Is-Processed, by which Salesforce tells of failures`] }),
		});
	const isBack = status >= 300 && status < 400 && isReturn(header('location'), answered.own.fields?.retURL);
	if (isBack) return made();
	if (status === 200 || status < 200 || status >= 300) return byStatus(answered, made);
	return configuration(answered, { reason: `the answer (${status}) is not Salesforce's` });
}

function isReturn(location: string | undefined, chosen = returnUrl): boolean {
	return location !== undefined && URL.canParse(location) && URL.canParse(chosen) && new URL(location).host === new URL(chosen).host;
}
