import { isObject, jsonAnswer, readJson, refusal, type StandIn } from '../stand-in.ts';

/** Properties that a contact has from the start: the form of the sandbox has them all, and those that the app's setting names. */
const formFields = new Set(
	`email firstname lastname company phone mobilephone fax country state city zip address jobtitle website message salutation industry
	numemployees annualrevenue lifecyclestage hs_lead_status`.split(/\s+/),
);
const mostFields = 1000;
const monthMs = 30 * 24 * 60 * 60 * 1000;

/**
 * A form of HubSpot that wants an e-mail address, as its forms do from the start. A time more than a month ago is refused: as far as we remember the
 * documentation, it may be set for a month alone.
 *
 * https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/submit-data-unauthenticated
 */
export const hubspot: StandIn = {
	refuse: (request) => {
		const reading = readJson(request);
		if ('why' in reading) return refusal(400, 'INVALID_JSON', reading.why);
		const { submittedAt, fields, context, ...others } = reading.body;
		const [unknown] = Object.keys(others);
		if (unknown !== undefined) return refusal(400, 'INVALID_JSON', `Unknown member ${unknown}.`);
		if (submittedAt !== undefined && !(typeof submittedAt === 'string' && /^\d{13}$/.test(submittedAt)))
			return refusal(400, 'INVALID_TIMESTAMP', 'submittedAt is not a time in milliseconds.');
		if (submittedAt !== undefined && (Number(submittedAt) < request.now - monthMs || Number(submittedAt) > request.now + 60_000))
			return refusal(400, 'INVALID_TIMESTAMP', 'submittedAt is more than a month ago, or to come.');
		if (context !== undefined && !(isObject(context) && Object.entries(context).every(isContext)))
			return refusal(400, 'INVALID_JSON', 'context is not known.');
		if (!Array.isArray(fields) || fields.length > mostFields) return refusal(400, 'INVALID_JSON', 'fields is no list.');
		return wrongInFields(fields, request.fields);
	},
	accept: () => jsonAnswer(200, { inlineMessage: 'Thanks for submitting the form.' }),
	toAnswer: ({ status, code, message }) => {
		const errorType = code || usual[status];
		return jsonAnswer(status, {
			status: 'error',
			message: message || 'The request is not valid',
			correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf',
			...(errorType && { errors: [{ message: `Error in 'fields'. ${message}`, errorType }] }),
		});
	},
};

const usual: Record<number, string> = { 400: 'FIELD_NOT_IN_FORM_DEFINITION', 404: 'FORM_NOT_FOUND', 429: 'RATE_LIMIT' };

const isContext = ([name, value]: [string, unknown]) =>
	['pageUri', 'pageName', 'hutk', 'ipAddress'].includes(name) && typeof value === 'string' && value !== '';

function wrongInFields(fields: unknown[], further: string[]) {
	const values = new Map<string, string>();
	for (const field of fields) {
		if (!isObject(field) || Object.keys(field).some((name) => !['objectTypeId', 'name', 'value'].includes(name)))
			return refusal(400, 'INVALID_JSON', 'A field is not an object of objectTypeId, name and value.');
		const { objectTypeId, name, value } = field;
		if (objectTypeId !== '0-1' || typeof name !== 'string' || typeof value !== 'string')
			return refusal(400, 'INVALID_JSON', 'A field is not text of a contact.');
		if (!formFields.has(name) && !further.includes(name))
			return refusal(400, 'FIELD_NOT_IN_FORM_DEFINITION', `The field ${name} is not in the form.`);
		if (values.has(name)) return refusal(400, 'INVALID_JSON', `The field ${name} is there twice.`);
		values.set(name, value);
	}
	const email = values.get('email') ?? '';
	if (email === '') return refusal(400, 'REQUIRED_FIELD', "Required field 'email' is missing");
	return /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)+$/.test(email) && email.length <= 254
		? undefined
		: refusal(400, 'INVALID_EMAIL', 'The e-mail address is not valid');
}
