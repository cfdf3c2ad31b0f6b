import isEmail from 'validator/lib/isEmail.js';
import { isSchedule } from '../../host/ncrontab.ts';
import { toList } from './list.ts';
import { durationMs } from './time.ts';

/** The formats that schemas name; their compiled validators require this module. */

/** A URL without user, query or fragment; `http:` only to a loopback address, because a bearer token travels with every call. */
function safeUrl(text: string): URL | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
	return safe && !url.username && !url.password && !url.search && !url.hash ? url : undefined;
}

export const duration = (text: string): boolean => durationMs(text) !== undefined;
export const schedule = isSchedule;
export const addresses = (text: string): boolean => toList(text).length > 0 && toList(text).every(address);
export const root = (text: string): boolean => safeUrl(text) !== undefined;
export const origin = (text: string): boolean => safeUrl(text)?.pathname === '/';
export const guid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
export const locale = (text: string): boolean => accepts(() => Intl.DateTimeFormat.supportedLocalesOf(text).length > 0);
/** Offsets (`+02:00`) are not time zones of a place, and not every Node takes them. */
export const timeZone = (text: string): boolean =>
	/^[a-z]/i.test(text) && accepts(() => new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '');

/** `Intl` throws a RangeError for what it cannot read. */
function accepts(ask: () => boolean): boolean {
	try {
		return ask();
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

/**
 * Whether a text is an e-mail address. The library throws at half a surrogate pair, which JSON can bring as `\\ud800`, and takes what is not seen (U+200B,
 * U+3000) for a letter.
 */
export const address = (text: string): boolean => text.isWellFormed() && !/[\p{Z}\p{C}]/u.test(text) && isEmail.default(text);
