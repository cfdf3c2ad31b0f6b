import { remember } from '../basics/remember.ts';

/** Dates and numbers as people of a place write them. */
export interface LocalFormats {
	/** `23 Nov 2026, 22:46 UTC` */
	moment: (time: Date) => string;
	/** `23 November 2026` */
	date: (time: Date) => string;
	/** `22:46 UTC` */
	time: (time: Date) => string;
	number: (value: number) => string;
}

/** Throws a RangeError for what `Intl` does not know. Kept for the next lead: making one takes milliseconds. */
export const localFormats = remember(makeFormats, { keyOf: (locale, timeZone) => `${locale} ${timeZone}`, most: 1 });

function makeFormats(locale: string, timeZone: string): LocalFormats {
	const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
	const moment = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...clock });
	const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
	const time = new Intl.DateTimeFormat(locale, clock);
	const number = new Intl.NumberFormat(locale);
	return {
		moment: (when) => moment.format(when),
		date: (when) => date.format(when),
		time: (when) => time.format(when),
		number: (value) => number.format(value),
	};
}
