import { cut } from '../../lead/clean-text.ts';
import { localFormats } from '../../templates/local-formats.ts';
import type { DeliveryRequest } from '../destination.ts';
import { largestThatFits } from '../largest-that-fits.ts';
import { customCard } from './custom-card.ts';
import { mailParts } from './mail-card.ts';
import { mailDocument } from './mail-document.ts';
import { linesOf } from './mail-parts.ts';
import type { MailSettings } from './mail-settings.ts';

/** Gmail shows 102 KB of a mail; a phone on a slow line should not wait for more than this. Bytes. */
const maxBytes = 60_000;
const shortestValue = 60;
/** More than any payload holds. */
const [longestValue, mostRows] = [32_768, 1000];

/**
 * The mail's HTML for one lead. Everything is shown; only when that would be too much, long values are shortened, and if need be the last of the sender's
 * own names are left out, and the mail says so.
 */
export function mailHtml(request: DeliveryRequest, title: string, settings: MailSettings): string {
	const show = (maxLength: number, maxRows: number) => render(request, title, settings, maxLength, maxRows);
	const whole = show(longestValue, mostRows);
	if (fits(whole)) return whole;
	const length = largestThatFits(shortestValue, longestValue, (max) => fits(show(max, mostRows)));
	const rows = largestThatFits(0, mostRows, (max) => fits(show(length, max)));
	return show(length, rows);
}

const fits = (html: string) => Buffer.byteLength(html) <= maxBytes;

function render(request: DeliveryRequest, title: string, settings: MailSettings, maxLength: number, maxRows: number): string {
	const show = (text: string) => (text.length > maxLength ? `${linesOf(cut(text, maxLength))}… (shortened)` : linesOf(text));
	const room = { show, maxRows, complete: maxLength === longestValue };
	const parts = mailParts(request, room, localFormats(settings.locale, settings.timeZone));
	const { top, notices, actions, details, foot } = parts;
	const card = customCard(request, settings, parts, maxLength) ?? [top, notices, actions, details, foot].join('');
	return mailDocument({ title, lead: request.lead, card });
}
