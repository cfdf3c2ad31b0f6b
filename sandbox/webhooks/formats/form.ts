import type { Refusal } from '../../refusal.ts';
import { type HookAnswer, type HookRequest, refusal, type StandIn, textAnswer } from '../stand-in.ts';

/** Below a hook's path, this is Salesforce; any other path is a form of one's own. */
const webToLead = '/servlet/servlet.WebToLead';

/** Characters that the fields of a lead hold. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm */
const leadFields: Record<string, number> = {
	first_name: 40,
	last_name: 80,
	company: 255,
	email: 80,
	phone: 40,
	mobile: 40,
	fax: 40,
	title: 128,
	description: 32_000,
	lead_source: 255,
	salutation: 40,
	URL: 255,
	street: 255,
	city: 40,
	state: 80,
	zip: 20,
	country: 80,
	industry: 255,
	revenue: 18,
	employees: 8,
	rating: 255,
};
/** Of the form itself. */
const formFields = [
	'oid',
	'retURL',
	'encoding',
	'debug',
	'debugEmail',
	'Campaign_ID',
	'member_status',
	'recordType',
	'emailOptOut',
	'doNotCall',
];

const exception = 'true Exception:common.exception.SalesforceGenericException';

/**
 * Salesforce's web-to-lead, and any other form. Salesforce says 200 whatever happens; that nothing was made stands in the header `Is-Processed`, as a public client
 * reads it (no documentation names it). What it would pass over in silence, such as a field that it does not have, is an exception here.
 */
export const form: StandIn = {
	refuse: (request) => {
		if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.header('content-type') ?? ''))
			return refusal(415, 'unsupported', 'The content type is not application/x-www-form-urlencoded.');
		const text = new TextDecoder().decode(request.bytes);
		if (text.includes('\ufffd') || /[^\x21-\x7e]/.test(text)) return refusal(400, 'invalid', 'The body is not encoded.');
		const wrong = request.path.endsWith(webToLead) ? whyNoLead(new URLSearchParams(text)) : undefined;
		return wrong === undefined ? undefined : refusal(200, 'exception', wrong);
	},
	accept: () => page(200, 'Thank you', { 'is-processed': 'true' }),
	toAnswer: ({ status, code, message }) =>
		code === 'exception' ? page(200, '', { 'is-processed': exception }) : page(status, message || code || `Error ${status}`),
};

/** Salesforce's refusal, for a fault: 200, and an exception in a header. */
export const salesforceException: Refusal = { status: 200, code: 'exception', message: 'The lead was not made.' };

export const isWebToLead = ({ path }: Pick<HookRequest, 'path'>) => path.endsWith(webToLead);

function page(status: number, text: string, headers: Record<string, string> = {}): HookAnswer {
	const answer = textAnswer(status, `<!doctype html><title>${text}</title>`, 'text/html');
	return { ...answer, headers: { ...answer.headers, ...headers } };
}

function whyNoLead(fields: URLSearchParams): string | undefined {
	if (!/^00D[A-Za-z\d]{12}([A-Za-z\d]{3})?$/.test(fields.get('oid') ?? '')) return 'oid is not the id of an organisation.';
	if (!URL.canParse(fields.get('retURL') ?? '')) return 'retURL is not a URL.';
	for (const name of ['last_name', 'company']) if (!fields.get(name)?.trim()) return `${name} is missing.`;
	for (const [name, value] of fields) {
		const isCustom = /^00N[A-Za-z\d]{12}([A-Za-z\d]{3})?$/.test(name);
		if (fields.getAll(name).length > 1) return `${name} is there twice.`;
		if (formFields.includes(name) || isCustom) continue;
		const longest = Object.hasOwn(leadFields, name) ? leadFields[name] : undefined;
		if (longest === undefined) return `${name} is no field of a lead.`;
		if (value.length > longest) return `${name} is too long.`;
	}
	const email = fields.get('email') ?? '';
	return email === '' || /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) ? undefined : 'email is not an address.';
}
