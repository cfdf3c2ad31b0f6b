import { cut } from '../../lead/clean-text.ts';
import { escapeHtml } from '../../templates/render-html.ts';
import type { MailRow } from './mail-rows.ts';
import { light } from './mail-style.ts';

/** Shows lead-supplied text: escaped, with its line breaks, as long as there is room for. */
export type ShowText = (text: string) => string;

/** A layout row of the card; parts without content have none. */
export const part = (html: string, padding = '16px 32px 0'): string =>
	html && `<tr><td class="pad" style="padding:${padding}">${html}</td></tr>\n`;

export const heading = (text: string): string =>
	`<h2 class="t" style="margin:0 0 4px;font-size:16px;line-height:24px;color:${light.text}">${text}</h2>`;

/** A mark that must not be overlooked. */
export function banner(kind: 'alarm' | 'notice', html: string): string {
	const { background, text } = light[kind];
	return layout(
		`<td class="${kind}" style="padding:12px 16px;border-radius:6px;background-color:${background};color:${text};font-size:15px;line-height:22px">${html}</td>`,
	);
}

/** A link the size of a thumb. The padding is on the cell for Outlook, the link fills it elsewhere. */
export function button(href: string, text: string): string {
	const link = `<a href="${href}" dir="auto" style="display:inline-block;padding:14px 22px;color:#ffffff;font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${text}</a>`;
	return `<td style="padding:0 12px 12px 0">${layout(`<td class="key" bgcolor="${light.link}" style="border-radius:6px;background-color:${light.link}">${link}</td>`, 'auto')}</td>`;
}

/** Buttons side by side; one below the other on a phone. */
export const buttons = (html: string[]): string =>
	html.length > 0
		? `<table role="presentation" class="act" cellpadding="0" cellspacing="0" border="0"><tr>${html.join('')}</tr></table>`
		: '';

/** Label and value, line by line, under a heading; on a phone one below the other when the labels are the sender's, which can be long. */
export function section(title: string, rows: MailRow[], show: ShowText, labels: 'ours' | 'theirs' = 'ours'): string {
	if (rows.length === 0) return '';
	return `${heading(title)}<table class="m ${labels}" width="100%" cellpadding="0" cellspacing="0" border="0" style="color:${light.muted};font-size:15px;line-height:22px">\n${rows.map((row) => line(row, show)).join('')}</table>`;
}

function line({ label, value, href }: MailRow, show: ShowText): string {
	const shown = href ? `<a class="l" href="${href}" style="color:${light.link}">${show(value)}</a>` : show(value);
	return `<tr valign="top"><th scope="row" align="left" width="130" style="padding:4px 12px 4px 0">${show(label)}</th><td class="t" dir="auto" style="padding:4px 0;color:${light.text}">${shown}</td></tr>\n`;
}

/** The customer's own words. */
export const quote = (html: string): string =>
	layout(
		`<td class="quiet line t" dir="auto" style="padding:14px 16px;border-left:4px solid ${light.line};background-color:${light.quiet};color:${light.text};font-size:16px;line-height:24px;text-align:start">${html}</td>`,
	);

export const paragraph = (html: string, classes = 't', style = `color:${light.text};font-size:16px;line-height:24px`): string =>
	html && `<p class="${classes}" style="margin:0;${style}">${html}</p>`;

const layout = (cell: string, width = '100%'): string =>
	`<table role="presentation"${width === '100%' ? ' width="100%"' : ''} cellpadding="0" cellspacing="0" border="0"><tr>${cell}</tr></table>`;

export const linesOf = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');

/** For a heading or a sentence: what is longer is shown in full elsewhere. */
export const short = (text: string): string => escapeHtml(text.length > 120 ? `${cut(text, 119)}…` : text);
