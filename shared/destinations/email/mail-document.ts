import { cut } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { actionInWords } from '../../lead/lead-words.ts';
import { escapeHtml, escapeText } from '../../templates/render-html.ts';
import { countryOf } from './mail-rows.ts';
import { font, light, styleSheet } from './mail-style.ts';

/**
 * The frame of a mail, by hand: tables inside tables and inline styles, because Outlook for Windows renders with Word; 600 px; nothing external.
 *
 * @param card rows of a table, as HTML
 */
export function mailDocument({ title, lead, card }: { title: string; lead: Lead; card: string }): string {
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
