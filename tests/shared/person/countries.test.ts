import { describe, expect, it } from '@jest/globals';
import countries from 'i18n-iso-countries/index.js';
import { countryInWords, nearestCountry, toCountryCode } from '../../../shared/person/countries.ts';

const spellings: Record<string, string[]> = {
	AT: ['AT', 'aut', 'Austria', 'Österreich', 'Oesterreich', 'Autriche', '040'],
	BA: ['Bosnia & Herzegovina', 'Bosnia and Herzegovina'],
	CD: ['DR Congo', 'Democratic Republic of the Congo', 'COD'],
	CG: ['Congo', 'Republic of the Congo'],
	CH: ['Switzerland', 'Schweiz', 'Suisse', 'Svizzera'],
	CI: ["Cote d'Ivoire", 'Côte d’Ivoire', 'Ivory Coast'],
	CN: ['China', "People's Republic of China", '中国'],
	CZ: ['Czechia', 'Czech Republic', 'Česko'],
	DE: ['DE', 'de', 'DEU', '276', 'Germany', 'GERMANY', 'Deutschland', 'Allemagne', 'Alemania', 'Alemanha'],
	GB: ['UK', 'U.K.', 'Great Britain', 'England', 'Scotland', 'United Kingdom', 'GROSSBRITANNIEN', 'Großbritannien'],
	GM: ['Gambia', 'The Gambia'],
	HK: ['Hong Kong', 'Hong Kong SAR'],
	JP: ['Japan', '日本'],
	KR: ['Korea', 'South Korea', 'Korea (Republic of)', 'Republic of Korea'],
	MD: ['Moldova'],
	MK: ['Macedonia', 'North Macedonia'],
	MM: ['Burma', 'Myanmar'],
	NL: ['Holland', 'The Netherlands', 'Nederland'],
	PL: ['Polska', 'Poland'],
	SY: ['Syria'],
	SZ: ['Swaziland', 'Eswatini'],
	TR: ['Turkey', 'Türkiye', 'TURKIYE'],
	US: ['US', 'USA', 'U.S.', 'U.S.A.', 'United States', 'America', 'United States of America'],
	VC: ['St. Vincent', 'Saint Vincent'],
	VN: ['Vietnam', 'Viet Nam'],
	XK: ['Kosovo'],
};

describe('countries', () => {
	it.each(Object.entries(spellings))('%s is one country, however it is written', (code, names) => {
		expect(names.map((name) => `${name}: ${toCountryCode(name)}`)).toEqual(names.map((name) => `${name}: ${code}`));
	});

	it.each(['', ' ', 'Atlantis', 'constructor', '__proto__', 'x'.repeat(40_000)])('%.20s is none', (text) => {
		expect(toCountryCode(text)).toBeUndefined();
	});

	it.each([
		['GB', 'United Kingdom (GB)', true],
		['uk', 'United Kingdom (GB)', true],
		['USA', 'United States (US)', true],
		['276', 'Germany (DE)', true],
		['United States of America', 'United States (US)', true],
		['Deutschland', 'Germany (DE)', false],
		['Scotland', 'United Kingdom (GB)', false],
		['XK', 'Kosovo (XK)', true],
	])('%s is %s in words', (text, words, saysAll) => {
		expect(countryInWords(text)).toMatchObject({ words, saysAll });
	});

	it('has words for every country, and none for what is none', () => {
		for (const code of Object.keys(countries.getAlpha2Codes()))
			expect(countryInWords(code)?.words).toMatch(new RegExp(`^.{4,} \\(${code}\\)$`));
		expect(['Atlantis', '', '__proto__'].map(countryInWords)).toEqual([undefined, undefined, undefined]);
	});

	it('guesses what was meant', () => {
		expect(['Germny', 'swizerland', 'Untied States', 'Atlantis'].map(nearestCountry)).toEqual([
			'Germany',
			'Switzerland',
			'United States',
			undefined,
		]);
	});
});
