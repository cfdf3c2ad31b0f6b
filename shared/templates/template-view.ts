import { remember } from '../basics/remember.ts';
import { cut } from '../lead/clean-text.ts';
import type { Lead, NamedValue } from '../lead/lead.ts';
import { actionInWords, leadMarks, leadReference, sourceInWords } from '../lead/lead-words.ts';
import { countryInWords } from '../person/countries.ts';
import { readPhone, shownName } from '../person/read-phone.ts';
import { groupKey, type MailPart } from './template-names.ts';

/** HTML of ours, printed as it is. */
export interface SafeHtml {
	html: string;
}
export type TemplateValue = string | boolean | SafeHtml | TemplateView[];
/** What a template can print, by full name (`earlier.reference` is one key): a Map has no prototype to climb, and no value has members. */
export type TemplateView = Map<string, TemplateValue>;

/** What a view is made of. */
export interface TemplateSource {
	lead: Lead;
	leadId: string;
	receivedAt: Date;
	/** Of settings: a locale and a time zone that `Intl` knows. */
	locale: string;
	timeZone: string;
	recordUrl?: string | undefined;
	/** The lead of the same person that is to be mentioned. */
	earlier?: { leadId: string; receivedAt: number; action?: string | undefined; recordUrl?: string | undefined } | undefined;
	/** URLs of safe characters; for HTML alone. */
	links?: { mail?: string; phone?: string };
	/** The built-in parts of the mail; for HTML alone. */
	parts?: Partial<Record<MailPart, string>>;
	/** Longer values are shortened to so many UTF-16 units. */
	longestValue?: number;
}

export function templateView(source: TemplateSource): TemplateView {
	const { lead, leadId, receivedAt, links = {}, parts = {}, longestValue = Number.POSITIVE_INFINITY } = source;
	const formats = localFormats(source.locale, source.timeZone);
	const view: TemplateView = new Map();
	const shorten = (text: string) => (text.length > longestValue ? `${cut(text, longestValue - 1)}…` : text);
	const put = (values: Record<string, string | undefined>) => {
		for (const [name, value] of Object.entries(values)) if (value) view.set(name, shorten(value));
	};

	const { campaign = [], unknown = [], isTest, doNotContact, hasContact, ...texts } = lead;
	put(texts);
	const country = lead.country === undefined ? undefined : countryInWords(lead.country);
	put({
		name: shownName(lead),
		phoneInternational: readPhone(lead)?.shown,
		countryInWords: country?.words ?? lead.country,
		countryCode: country?.code,
		sourceInWords: sourceInWords(lead),
		actionInWords: actionInWords(lead),
		marks: leadMarks(lead)
			.map((mark) => `[${mark}]`)
			.join(' '),
		leadId,
		reference: leadReference(leadId),
		receivedAt: formats.moment(receivedAt),
		receivedDate: formats.date(receivedAt),
		receivedTime: formats.time(receivedAt),
		receivedAtIso: receivedAt.toISOString(),
	});
	for (const [name, flag] of Object.entries({ isTest, doNotContact, hasContact })) view.set(name, flag);
	putNamed(view, 'campaign', campaign, shorten);
	putNamed(view, 'unknown', unknown, shorten);
	putEarlier(view, source, formats);
	for (const [name, html] of Object.entries(parts)) if (html) view.set(`parts.${name}`, { html });
	// Half a link leads elsewhere.
	const whole = { recordUrl: source.recordUrl, 'links.mail': links.mail, 'links.phone': links.phone };
	for (const [name, url] of Object.entries(whole)) if (url) view.set(name, url);
	return view;
}

/** As a list, and one by one: of a name that came twice the first value. */
function putNamed(view: TemplateView, group: 'campaign' | 'unknown', values: NamedValue[], shorten: (text: string) => string): void {
	const entries = values.map(({ name, value }) => ({ name: shorten(name), value: shorten(value) }));
	view.set(
		`${group}List`,
		entries.map((entry) => new Map(Object.entries(entry))),
	);
	for (const [index, { value }] of entries.entries()) {
		const key = groupKey(`${group}.${values[index]?.name}`);
		if (key && !view.has(key)) view.set(key, value);
	}
}

function putEarlier(view: TemplateView, { earlier, receivedAt }: TemplateSource, formats: ReturnType<typeof localFormats>): void {
	view.set('earlier', earlier !== undefined);
	if (!earlier) return;
	const days = Math.max(0, Math.floor((receivedAt.getTime() - earlier.receivedAt) / 86_400_000));
	const values = {
		leadId: earlier.leadId,
		reference: leadReference(earlier.leadId),
		actionInWords: actionInWords({ ...(earlier.action && { action: earlier.action }) }),
		receivedAt: formats.moment(new Date(earlier.receivedAt)),
		daysAgo: formats.number(days),
		recordUrl: earlier.recordUrl,
	};
	for (const [name, value] of Object.entries(values)) if (value) view.set(`earlier.${name}`, value);
}

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
