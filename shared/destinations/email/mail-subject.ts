import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut, oneLine } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { leadMarks, leadReference } from '../../lead/lead-words.ts';
import { shownName } from '../../person/read-phone.ts';
import { type Rendering, renderLine } from '../../templates/render-text.ts';
import { templateView } from '../../templates/template-view.ts';
import { emailChoiceOf } from './email-choices.ts';
import type { MailSettings } from './email-settings.ts';

const maxLength = 255;

/** What a list of mails shows in 40 characters has room for no more. */
const shortActions = new Map([
	['ins', 'Get it now'],
	['plt', 'Contact me'],
	['create', 'Purchase'],
	['starttestdrive', 'Test drive'],
	['dnc', 'Lead'], // The mark says it.
]);

/** One line: marks, what the customer did, who it is, the offer and the lead's reference: `[TEST] Contact me: Jane Doe, Contoso – CRM [#1a2b3c4d]`. */
export function mailSubject({ lead, leadId }: Pick<DeliveryRequest, 'lead' | 'leadId'>): string {
	const marks = leadMarks(lead).map((mark) => `[${mark}] `);
	const name = shownName(lead);
	const who = [name, name !== lead.company && lead.company].flatMap((part) => (part ? [shorten(part, 60)] : []));
	const what = [who.join(', '), lead.offerTitle && shorten(lead.offerTitle, 80)].filter(Boolean).join(' – ');
	const reference = ` [#${leadReference(leadId)}]`;
	const text = oneLine(`${marks.join('')}${shortAction(lead)}: ${what || 'no name given'}`);
	return cut(text, maxLength - reference.length) + reference;
}

function shortAction({ action }: Lead): string {
	return action ? (shortActions.get(action.toLowerCase()) ?? shorten(action, 24)) : 'Lead';
}

const shorten = (text: string, max: number) => (text.length > max ? `${cut(text, max - 1)}…` : text);

/**
 * The subject from the rule's or the setting's template; undefined without one, or when it gives nothing: then the built-in subject is used, as when it
 * fails. Marks that must not be overlooked and the lead's reference are added as far as the template did not print them.
 */
export function customSubject(request: DeliveryRequest, { subject, locale, timeZone }: MailSettings): Rendering | undefined {
	const { lead, leadId } = request;
	const chosen = emailChoiceOf(request).subject;
	const template = chosen ?? subject;
	if (template === undefined) return undefined;
	const rendered = renderLine(template, templateView({ ...request, locale, timeZone }));
	const setting = chosen === undefined ? 'EMAIL_SUBJECT' : 'LEAD_ROUTES: a subject';
	if (!rendered.ok) return { ok: false, problems: rendered.problems.map((problem) => `${setting} ${problem}`) };
	if (rendered.text === '') return undefined;
	const marks = leadMarks(lead).map((mark) => `[${mark}] `);
	const reference = ` [#${leadReference(leadId)}]`;
	const kept = cut(rendered.text, maxLength - marks.join('').length - reference.length);
	const missing = marks.filter((mark) => !kept.includes(mark.trim()));
	const end = kept.includes(leadReference(leadId)) ? '' : reference;
	return { ok: true, text: cut(missing.join('') + rendered.text, maxLength - end.length) + end };
}
