import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut } from '../../lead/clean-text.ts';
import { leadMarks, leadReference } from '../../lead/lead-words.ts';
import { type Rendering, renderLine } from '../../templates/render-text.ts';
import { templateView } from '../../templates/template-view.ts';
import { emailChoiceOf } from './email-choices.ts';
import type { MailSettings } from './mail-settings.ts';

const maxLength = 255;

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
