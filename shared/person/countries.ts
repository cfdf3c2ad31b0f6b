import countries from 'i18n-iso-countries/index.js';
import german from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import spanish from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import french from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import portuguese from 'i18n-iso-countries/langs/pt.json' with { type: 'json' };
import { didYouMean } from '../basics/did-you-mean.ts';
import type { Lead } from '../lead/lead.ts';
import { countryKey } from './country-key.ts';

/** What people write and the library does not know: names that were changed, parts that stand for the whole, names in their own language. */
const aliases: Record<string, string[]> = {
	AE: ['Emirates'],
	AT: ['Oesterreich'],
	BE: ['België'],
	BO: ['Bolivia'],
	BN: ['Brunei'],
	BR: ['Brasil'],
	CD: ['DR Congo', 'DRC', 'Congo Kinshasa', 'Democratic Republic of Congo'],
	CG: ['Congo', 'Congo Brazzaville'],
	CH: ['Svizzera', 'Svizra'],
	CN: ['PRC', 'Mainland China', '中国'],
	CV: ['Cabo Verde', 'Cape Verde'],
	CZ: ['Česko'],
	DK: ['Danmark'],
	FI: ['Suomi'],
	FK: ['Falklands'],
	FM: ['Micronesia'],
	GB: ['England', 'Scotland', 'Wales', 'Northern Ireland', 'Britain', 'U.K.'],
	GR: ['Hellas', 'Ελλάδα'],
	HK: ['Hong Kong SAR', 'Hong Kong SAR China'],
	HU: ['Magyarország'],
	IE: ['Éire', 'Republic of Ireland'],
	IL: ['ישראל'],
	IT: ['Italia'],
	JP: ['日本'],
	KG: ['Kyrgyz Republic'],
	KP: ['North Korea'],
	KR: ['Korea', '대한민국', '한국'],
	LA: ['Laos'],
	MD: ['Moldova'],
	MK: ['Macedonia', 'FYROM'],
	MM: ['Burma', 'Myanmar (Burma)'],
	MO: ['Macau', 'Macao', 'Macao SAR', 'Macau SAR'],
	NL: ['Holland', 'Nederland'],
	NO: ['Norge'],
	PL: ['Polska'],
	RU: ['Россия'],
	SA: ['KSA'],
	SE: ['Sverige'],
	SK: ['Slovak Republic'],
	ST: ['Sao Tome'],
	SY: ['Syria'],
	SZ: ['Swaziland', 'Eswatini'],
	TL: ['East Timor'],
	TR: ['Turkiye', 'Turkey'],
	TW: ['Taiwan'],
	TZ: ['Tanzania'],
	UA: ['Україна'],
	US: ['America', 'United States of America (USA)'],
	VA: ['Holy See', 'Vatican', 'Vatican City'],
	VC: ['St. Vincent'],
	VE: ['Venezuela'],
	VN: ['Viet Nam', 'Vietnam'],
};

/** ISO 3166-1 alpha-2 by every name and code, as `countryKey` writes them. Of two countries of one name the first stays. */
const codes = new Map<string, string>();

function add(names: [code: string, name: string][]): void {
	for (const [code, name] of names) {
		const key = countryKey(name);
		if (!codes.has(key)) codes.set(key, code);
	}
}

add(Object.entries(aliases).flatMap(([code, names]) => names.map((name): [string, string] => [code, name])));
add(
	Object.entries(countries.getAlpha2Codes()).flatMap(([two, three]): [string, string][] => [
		[two, two],
		[two, three],
	]),
);
add(Object.entries(countries.getNumericCodes()).map(([number, two]) => [two, number]));
for (const language of [english, german, french, spanish, portuguese]) {
	countries.registerLocale(language);
	const names = Object.entries(countries.getNames(language.locale, { select: 'all' }));
	add(names.flatMap(([code, all]) => all.map((name): [string, string] => [code, name])));
}

/** The code of a country that is written as `countryKey` writes it. */
export const codeOfCountryKey = (key: string): string | undefined => codes.get(key);

/** ISO 3166-1 alpha-2 of a country's name (English, German, French, Spanish, Portuguese, some in their own language) or code; undefined when no one knows it. */
export const toCountryCode = (text: string): string | undefined => codes.get(countryKey(text));

/** The name that a mistyped one was probably meant to be. */
export function nearestCountry(text: string): string | undefined {
	const key = didYouMean(
		countryKey(text),
		[...codes.keys()].filter((known) => known.length > 3),
	);
	const code = key && codes.get(key);
	return code && countries.getName(code, 'en', { select: 'alias' });
}

/** A country as it is shown to people. */
export interface CountryInWords {
	/** ISO 3166-1 alpha-2. */
	code: string;
	/** Its English name. */
	name: string;
	/** `United Kingdom (GB)`. */
	words: string;
	/** Whether the words say all that was written: `UK` and `United Kingdom` say no more, `Scotland` does. */
	saysAll: boolean;
}

/** CLDR's names are those that people use: `Russia`, `South Korea`, `Congo - Kinshasa`. */
const englishNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** No name is so short, and every code and abbreviation is. */
const longestCode = 3;

/** A country's name or code in words; undefined when no one knows it. */
export function countryInWords(text: string): CountryInWords | undefined {
	const key = countryKey(text);
	const code = codes.get(key);
	if (code === undefined) return undefined;
	const names = countries.getName(code, 'en', { select: 'all' }) ?? [];
	const name = englishNames.of(code) ?? names[0] ?? code;
	const saysAll = key.length <= longestCode || [name, ...names].some((known) => countryKey(known) === key);
	return { code, name, words: `${name} (${code})`, saysAll };
}

/** `United Kingdom (GB)`; with what was written when that says more. */
export function countryOf({ country }: Pick<Lead, 'country'>): string | undefined {
	const known = country === undefined ? undefined : countryInWords(country);
	if (!known) return country;
	return known.saysAll ? known.words : `${country} · ${known.words}`;
}
