import { renderHtml } from '../../templates/render-html.ts';
import { namesIn } from '../../templates/template-tags.ts';
import { templateView } from '../../templates/template-view.ts';
import type { DeliveryRequest } from '../destination.ts';
import { contactLinks } from './contact-links.ts';
import type { MailParts } from './mail-card.ts';
import { part } from './mail-parts.ts';
import type { MailSettings } from './mail-settings.ts';

/**
 * The card from the setting's template, the built-in parts at hand under `parts`; undefined without a template, or when it gives nothing: then the built-in
 * card is used. Notices that must not be overlooked are there whether or not the template names them. Rows of a table, as HTML.
 */
export function customCard(request: DeliveryRequest, settings: MailSettings, parts: MailParts, longestValue: number): string | undefined {
	const { body, locale, timeZone } = settings;
	if (body === undefined) return undefined;
	const tables = Object.fromEntries(Object.entries(parts).map(([name, rows]) => [name, rows && table(rows)]));
	const view = templateView({ ...request, locale, timeZone, links: contactLinks(request.lead), parts: tables, longestValue });
	const rendered = renderHtml(body, view);
	if (!rendered.ok || rendered.text.trim() === '') return undefined;
	const names = namesIn(body);
	const notices = names.has('parts.notices') || names.has('marks') ? '' : parts.notices;
	return notices + part(`<div class="t">${rendered.text}</div>`, '16px 0 24px');
}

/** Rows of the card as something that can stand between paragraphs. */
const table = (rows: string) => `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;
