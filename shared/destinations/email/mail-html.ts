import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut, largestThatFits } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { actionInWords } from '../../lead/lead-words.ts';
import { countryOf } from '../../person/countries.ts';
import { escapeHtml, escapeText, renderHtml } from '../../templates/render-html.ts';
import type { Rendering } from '../../templates/render-text.ts';
import { localFormats, templateView } from '../../templates/template-view.ts';
import { contactLinks } from './contact-links.ts';
import type { MailSettings } from './email-settings.ts';
import { type MailParts, mailParts } from './mail-card.ts';
import { type MailNotice, mailNotices } from './mail-notices.ts';
import { font, light, linesOf, part, styleSheet } from './mail-parts.ts';

/** Gmail shows 102 KB of a mail; a phone on a slow line should not wait for more than this. Bytes. */
const maxBytes = 60_000;
const shortestValue = 60;
/** More than any payload holds. */
const [longestValue, mostRows] = [32_768, 1000];

export interface MailHtml {
	html: string;
	/** What is wrong with the template: sentences that begin with the setting. */
	warnings: string[];
}

/**
 * The mail's HTML for one lead. Everything is shown; only when that would be too much, long values are shortened, and if need be the last of the sender's
 * own names are left out, and the mail says so.
 */
export function mailHtml(request: DeliveryRequest, title: string, settings: MailSettings): MailHtml {
	const made = fitted((maxLength, maxRows) => render({ request, title, settings }, { maxLength, maxRows }));
	if (fits(made) || settings.body === undefined) return made;
	const { body, ...builtIn } = settings;
	return { ...mailHtml(request, title, builtIn), warnings: [...made.warnings, 'EMAIL_BODY makes a mail of more than 60 KB'] };
}

function fitted(show: (maxLength: number, maxRows: number) => MailHtml): MailHtml {
	const whole = show(longestValue, mostRows);
	if (fits(whole)) return whole;
	const length = largestThatFits(shortestValue, longestValue, (max) => fits(show(max, mostRows)));
	const rows = largestThatFits(0, mostRows, (max) => fits(show(length, max)));
	return show(length, rows);
}

const fits = ({ html }: MailHtml) => Buffer.byteLength(html) <= maxBytes;

function render(
	{ request, title, settings }: { request: DeliveryRequest; title: string; settings: MailSettings },
	{ maxLength, maxRows }: { maxLength: number; maxRows: number },
): MailHtml {
	const show = (text: string) => (text.length > maxLength ? `${linesOf(cut(text, maxLength))}… (shortened)` : linesOf(text));
	const room = { show, maxRows, complete: maxLength === longestValue };
	const formats = localFormats(settings.locale, settings.timeZone);
	const notices = mailNotices(request, formats);
	const parts = mailParts(request, notices.map(({ html }) => html).join(''), room, formats);
	const custom = customCard(request, settings, { parts, notices, longestValue: maxLength });
	const { top, actions, details, foot } = parts;
	const card = custom?.ok ? custom.text : [top, parts.notices, actions, details, foot].join('');
	return { html: mailDocument({ title, lead: request.lead, card }), warnings: custom?.ok === false ? custom.problems : [] };
}

/**
 * The frame of a mail, by hand: tables inside tables and inline styles, because Outlook for Windows renders with Word; 600 px; nothing external.
 *
 * @param card rows of a table, as HTML
 */
function mailDocument({ title, lead, card }: { title: string; lead: Lead; card: string }): string {
	return `<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(title)}</title>
<style>${styleSheet}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:${light.page}">
<div style="display:none;max-height:0;overflow:hidden">${escapeText(preheader(lead))}${padding}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:${light.page}"><tr><td align="center" style="padding:20px 8px">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background-color:${light.card};border:1px solid ${light.line};border-top:4px solid ${light.link};border-radius:8px;text-align:left;word-break:break-word;${font}">
${card}</table>
<p class="m" style="margin:0;padding:12px 24px 0;max-width:552px;color:${light.muted};font-size:13px;line-height:20px">${whoseWords}</p>
</td></tr></table>
</body>
</html>
`;
}

const whoseWords =
	'The names, texts and other values in this mail are the words of whoever sent the lead. No one has checked them, and web addresses in them are not links.';

/** So that lists of mails do not fill up the preview with the beginning of the mail. */
const padding = '\u200c\u00a0'.repeat(100);

/** What a list of mails shows after the subject, so nothing that is in the subject. */
function preheader(lead: Lead): string {
	const said = [actionInWords(lead), lead.title, countryOf(lead), lead.description].filter((text) => text !== undefined);
	return cut(said.join(' · ').replace(/\s+/g, ' '), 140);
}

interface CardParts {
	parts: MailParts;
	notices: MailNotice[];
	longestValue: number;
}

/**
 * The card from the setting's template, the built-in parts at hand under `parts`; undefined without a template, or when it gives nothing: then the built-in
 * card is used, as when it fails. A notice that cannot be read in it is put above it. Rows of a table, as HTML.
 */
function customCard(
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
