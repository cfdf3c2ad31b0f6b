import type { DeliveryRequest } from '../../delivery/destination.ts';
import { renderHtml } from '../../templates/render-html.ts';
import type { Rendering } from '../../templates/render-text.ts';
import { templateView } from '../../templates/template-view.ts';
import { contactLinks } from './contact-links.ts';
import type { MailParts } from './mail-card.ts';
import type { MailNotice } from './mail-notices.ts';
import { part } from './mail-parts.ts';
import type { MailSettings } from './mail-settings.ts';

interface CardParts {
	parts: MailParts;
	notices: MailNotice[];
	longestValue: number;
}

/**
 * The card from the setting's template, the built-in parts at hand under `parts`; undefined without a template, or when it gives nothing: then the built-in
 * card is used, as when it fails. A notice that cannot be read in it is put above it. Rows of a table, as HTML.
 */
export function customCard(
	request: DeliveryRequest,
	{ body, locale, timeZone }: MailSettings,
	{ parts, notices, longestValue }: CardParts,
): Rendering | undefined {
	if (body === undefined) return undefined;
	const tables = Object.fromEntries(Object.entries(parts).map(([name, rows]) => [name, rows && table(rows)]));
	const view = templateView({ ...request, locale, timeZone, links: contactLinks(request.lead), parts: tables, longestValue });
	const rendered = renderHtml(body, view);
	if (!rendered.ok) return { ok: false, problems: rendered.problems.map((problem) => `EMAIL_BODY ${problem}`) };
	const html = rendered.text;
	if (html.trim() === '') return undefined;
	const read = html.replace(tag, '');
	const missing = notices.filter((notice) => !html.includes(notice.html) && !(notice.said && read.includes(notice.said)));
	return { ok: true, text: missing.map((notice) => notice.html).join('') + part(`<div class="t">${html}</div>`, '16px 0 24px') };
}

/** What is in an attribute is not read. */
const tag = /<(?:"[^"]*"|'[^']*'|[^"'>])*>/g;

/** Rows of the card as something that can stand between paragraphs. */
const table = (rows: string) => `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;
