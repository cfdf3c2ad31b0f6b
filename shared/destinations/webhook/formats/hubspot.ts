import { templateView } from '../../../templates/template-view.ts';
import { byStatus, configuration, delivered, memberOf, permanent, refused, transient, wordIn } from './common-outcome.ts';
import type { Format } from './format.ts';
import { renderFields } from './render-fields.ts';

/** Of a contact. https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/submit-data-unauthenticated */
const usualFields = {
	email: '{{email}}',
	firstname: '{{firstName}}',
	lastname: '{{lastName}}',
	company: '{{company}}',
	phone: '{{phone}}',
	country: '{{country}}',
	jobtitle: '{{title}}',
};

/** HubSpot lets a submission be of up to a month ago; an older lead, imported or sent later, goes without its time. Milliseconds. */
const longestAgo = 28 * 24 * 60 * 60 * 1000;

/** A submission of a form; without words of consent: what the customer agreed to at the marketplace is not ours to say. */
export const hubspot: Format = {
	compose: (request, own, now = request.receivedAt.getTime()) => {
		const view = templateView({ ...request, locale: own.locale, timeZone: own.timeZone });
		const { fields, warnings } = renderFields(own.fields ?? usualFields, view, own);
		const values = Object.entries(fields).filter(([, value]) => value !== '');
		const { lead, receivedAt } = request;
		const pageName = lead.offerTitle ?? lead.offer;
		return {
			headers: { 'content-type': 'application/json; charset=utf-8' },
			body: JSON.stringify({
				...(now - receivedAt.getTime() < longestAgo && { submittedAt: String(receivedAt.getTime()) }),
				fields: values.map(([name, value]) => ({ objectTypeId: '0-1', name, value })),
				...(pageName && { context: { pageName } }),
			}),
			warnings,
		};
	},
	readsSuccess: false,
	outcome: (answered) => {
		const { status, text } = answered.answer;
		const { setting } = answered;
		const word = status >= 400 ? wordIn(text, [...ofTheLead, ...ofTheForm, ...ofTheFields, 'RATE_LIMIT']) : undefined;
		if (word !== undefined && status !== 429) {
			if (ofTheLead.includes(word))
				return permanent(answered, {
					word,
					reason:
						word === 'BLOCKED_EMAIL'
							? 'the form refuses addresses of this kind (BLOCKED_EMAIL)'
							: 'HubSpot does not take the e-mail address (INVALID_EMAIL)',
					remedy:
						'Enter the customer in HubSpot yourself, and close the delivery; or allow such addresses in the options of the form, and replay it.',
				});
			if (ofTheForm.includes(word))
				return configuration(answered, {
					word,
					reason: `the form of HubSpot takes no such submission (${word})`,
					remedy: `Look at the form in HubSpot: its fields must be those of ${setting.replace(/_URL$/, '_FIELDS')}, without a captcha.`,
					names: [setting, setting.replace(/_URL$/, '_FIELDS')],
				});
			if (ofTheFields.includes(word))
				return refused(answered, { word, reason: `the form of HubSpot wants a field that the lead does not have (${word})` });
		}
		// A lock, and a move between data centres.
		if (status === 423 || status === 477) return transient(answered);
		return byStatus(answered, () => {
			const id = memberOf(text, 'correlationId') ?? answered.answer.header('x-hubspot-correlation-id');
			return delivered(answered, 'taken by the form', { id: typeof id === 'string' ? id : undefined });
		});
	},
};

const ofTheLead = ['INVALID_EMAIL', 'BLOCKED_EMAIL'];
const ofTheForm = ['FIELD_NOT_IN_FORM_DEFINITION', 'FORM_HAS_RECAPTCHA_ENABLED', 'CAPTCHA', 'PORTAL_NOT_FOUND', 'FORM_NOT_FOUND'];
const ofTheFields = ['REQUIRED_FIELD', 'NUMBER_OUT_OF_RANGE', 'VALUE_NOT_IN_FIELD_DEFINITION', 'INPUT_TOO_LARGE'];
