import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut, largestThatFits } from '../../lead/clean-text.ts';
import { localFormats } from '../../templates/local-formats.ts';
import { customCard } from './custom-card.ts';
import { mailParts } from './mail-card.ts';
import { mailDocument } from './mail-document.ts';
import { mailNotices } from './mail-notices.ts';
import { linesOf } from './mail-parts.ts';
import type { MailSettings } from './mail-settings.ts';

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
