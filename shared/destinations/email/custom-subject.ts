import { cut } from '../../lead/clean-text.ts';
import { renderLine } from '../../templates/render-line.ts';
import { namesIn } from '../../templates/template-tags.ts';
import { templateView } from '../../templates/template-view.ts';
import type { DeliveryRequest } from '../destination.ts';
import { leadMarks } from '../lead-marks.ts';
import { leadReference } from './lead-reference.ts';
import type { MailSettings } from './mail-settings.ts';

const maxLength = 255;

/**
 * The subject from the rule's or the setting's template; undefined without one, or when it gives nothing: then the built-in subject is used. Marks that must
 * not be overlooked and the lead's reference are there whether or not the template names them.
 */
export function customSubject(request: DeliveryRequest, { subject, locale, timeZone }: MailSettings): string | undefined {
	const template = request.choice?.subject ?? subject;
	if (template === undefined) return undefined;
	const rendered = renderLine(template, templateView({ ...request, locale, timeZone }));
	if (!rendered.ok || rendered.text === '') return undefined;
	const names = namesIn(template);
	const marks = names.has('marks') ? [] : leadMarks(request.lead).map((mark) => `[${mark}] `);
	const reference = names.has('reference') ? '' : ` [#${leadReference(request.leadId)}]`;
	return cut(marks.join('') + rendered.text, maxLength - reference.length) + reference;
}
