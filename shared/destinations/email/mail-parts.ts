import { cut } from '../../lead/clean-text.ts';
import { escapeHtml, escapeText } from '../../templates/render-html.ts';
import type { MailRow } from './mail-rows.ts';

/** Colours of the inline styles; each pair has a contrast of 4.5 : 1 at least, in the dark too. */
export const light = {
	page: '#eef1f5',
	card: '#ffffff',
	text: '#1f2933',
	muted: '#52606d',
	line: '#d9e2ec',
	link: '#0b5cad',
	quiet: '#f5f7fa',
	alarm: { background: '#fde8e8', text: '#8a1c1c' },
	notice: { background: '#fff3d1', text: '#6b4300' },
};

export const font = 'font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif';

/**
 * What cannot be inline: the dark scheme, narrow screens, and what Outlook for Windows does not pass on to the cells of a table. No media query changes how
 * something is displayed: some clients take none for true, others all.
 */
export const styleSheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
td,th,h1,h2,p,a{${font}}
th{font-weight:400;text-align:left}
@media (max-width:480px){
.pad{padding-left:18px!important;padding-right:18px!important}
.rows th{width:92px!important}
}
@media (prefers-color-scheme:dark){
.page{background-color:#12161c!important}
.card{background-color:#1d232b!important;border-color:#333d49!important;border-top-color:#8cc4ff!important}
.t{color:#e8edf2!important}
.m,.m th{color:#aab6c2!important}
.line{border-color:#333d49!important}
.quiet{background-color:#262e38!important}
.l{color:#8cc4ff!important}
.key{border-color:#8cc4ff!important}
.key a{color:#8cc4ff!important}
.alarm{background-color:#4a1d1f!important;border-color:#ffd9d9!important;color:#ffd9d9!important}
.notice{background-color:#463409!important;border-color:#ffe9b3!important;color:#ffe9b3!important}
}
`.trim();

/** Shows lead-supplied text: escaped, with its line breaks, as long as there is room for. */
export type ShowText = (text: string) => string;

/** A layout row of the card; parts without content have none. */
export const part = (html: string, padding = '16px 32px 0'): string =>
	html && `<tr><td class="pad" style="padding:${padding}">${html}</td></tr>\n`;

export const heading = (text: string): string =>
	`<h2 class="t" style="margin:0 0 4px;font-size:16px;line-height:24px;color:${light.text}">${text}</h2>\n`;

/** A mark that must not be overlooked: a sign, words and a border, as dark readers leave colours out. */
export function banner(kind: 'alarm' | 'notice', html: string): string {
	const { background, text } = light[kind];
	return layout(
		`<td class="${kind}" style="padding:12px 16px;border:2px solid ${text};border-radius:6px;background-color:${background};color:${text};font-size:15px;line-height:22px"><div>${sign}${html}</div></td>`,
	);
}

const sign = '⚠ ';

/**
 * A link the size of a thumb. It is a link in a frame, so that it is read where backgrounds or colours are left out. Outlook for Windows knows no padding of
 * links, so there the cell has it.
 */
export function button(href: string, text: string): string {
	const link = `<a href="${href}" dir="auto" style="display:inline-block;padding:12px 20px;color:${light.link};font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${text}</a>`;
	const cell = `<td class="key" style="border:2px solid ${light.link};border-radius:6px;mso-padding-alt:12px 20px">${link}</td>`;
	return `<div style="display:inline-block;margin:0 12px 12px 0">${layout(cell, 'auto')}</div>`;
}

/** Buttons side by side as far as there is room, without a media query: some clients take each for true. */
export const buttons = (html: string[]): string => html.join('\n');

/**
 * Label and value, line by line, under a heading. Programs that make text of a mail often put the cells together as they are: so there is a colon, white
 * space, and behind each value a line break (Outlook for Windows would show it).
 */
export function section(title: string, rows: MailRow[], show: ShowText): string {
	if (rows.length === 0) return '';
	return `${heading(title)}<table class="m rows" width="100%" cellpadding="0" cellspacing="0" border="0" style="color:${light.muted};font-size:15px;line-height:22px">\n${rows.map((row) => line(row, show)).join('')}</table>`;
}

function line({ label, value, href, warning }: MailRow, show: ShowText): string {
	const linked = href ? `<a class="l" href="${href}" style="color:${light.link}">${escapeHtml(value)}</a>` : show(value);
	const shown = warning ? `${linked}<br><strong>${sign}${escapeText(warning)}</strong>` : linked;
	return `<tr valign="top"><th scope="row" align="left" width="130" style="padding:4px 12px 4px 0">${show(label)}:</th> <td class="t" dir="auto" style="padding:4px 0;color:${light.text}">${shown}${textBreak}</td></tr>\n`;
}

const textBreak = '<!--[if !mso]><!--><br><!--<![endif]-->';

/** The customer's own words. */
export const quote = (html: string): string =>
	layout(
		`<td class="quiet line t" dir="auto" style="padding:14px 16px;border-left:4px solid ${light.line};background-color:${light.quiet};color:${light.text};font-size:16px;line-height:24px;text-align:start"><div>${html}</div></td>`,
	);

export const paragraph = (html: string, classes = 't', style = `color:${light.text};font-size:16px;line-height:24px`): string =>
	html && `<p class="${classes}" style="margin:0;${style}">${html}</p>`;

const layout = (cell: string, width = '100%'): string =>
	`<table role="presentation"${width === '100%' ? ' width="100%"' : ''} cellpadding="0" cellspacing="0" border="0"><tr>${cell}</tr></table>`;

export const linesOf = (text: string): string => escapeText(text).replaceAll('\n', '<br>\n');

/** For a heading or a sentence: what is longer is shown in full elsewhere. */
export const short = (text: string): string => escapeText(text.length > 120 ? `${cut(text, 119)}…` : text);
