import { leadOf } from '../accept/read-receipt.ts';
import type { ListedLead } from '../journal/entries.ts';
import type { CountedUnder } from '../journal/journal.ts';
import type { Lead } from '../lead/lead.ts';
import { actionInWords, fromParameterLines, sourceInWords, toParameterLine } from '../lead/lead-words.ts';
import { withoutAccents } from '../lead/search-text.ts';
import { countryInWords, toCountryCode } from '../person/countries.ts';

/** By what leads are chosen and counted. The names of countries are needed for it, which the intake does not load. */
export const facets = ['offer', 'country', 'action', 'campaign', 'source'] as const;
export type Facet = (typeof facets)[number];

/** A lead as it is listed; without its payload, only what its summary says is known. */
export type Listed = Pick<ListedLead, 'leadId' | 'summary' | 'payload' | 'contentType'>;

/** What a lead says of each facet: a country by its code where it has one, actions and sources as Microsoft writes them. Empty where it says nothing. */
export function facetsOf({ summary = {}, ...listed }: Partial<Listed>): Record<Facet, string[]> {
	return facetsIn({ ...(summary.action && { action: summary.action }), ...saidIn({ summary, ...listed }) }, summary.offer);
}

/** What a lead says; without its payload what its summary says of it, which is enough for every facet where the summary `isWhole`. */
export function saidIn({ summary, ...content }: Omit<Listed, 'leadId'>): Partial<Lead> {
	const { offer, offerId = offer, country, action, source, phone, campaign } = summary;
	const said = { offer: offerId, country, action, source, phone, campaign: campaign && fromParameterLines(campaign) };
	return leadOf(content) ?? (Object.fromEntries(Object.entries(said).filter(([, value]) => value)) as Partial<Lead>);
}

/** The same of a lead that was read; `offer` is how lists call it. */
export function facetsIn(lead: Partial<Lead>, offer = lead.offerTitle ?? lead.offer): Record<Facet, string[]> {
	const { country, action, source, campaign = [] } = lead;
	const named = campaign.filter(({ name }) => campaignNames.test(name));
	return {
		offer: given(offer),
		country: given(country && (toCountryCode(country) ?? country)),
		action: given(action && (knownActions.find((known) => isSame(known, action)) ?? action)),
		campaign: [...new Set(named.length > 0 ? named.map(({ value }) => value) : campaign.map(toParameterLine))],
		source: given(source && (knownSources.find((known) => isSame(known, source)) ?? source)),
	};
}

/** The value of a facet for people: `United Kingdom (GB)`, `Contact me (PLT)`. */
export function inWords(facet: Facet, value: string): string {
	if (facet === 'country') return countryInWords(value)?.words ?? value;
	const words = wordsFor(facet, value);
	return words === undefined || words === value ? value : `${words} (${value})`;
}

const wordsFor = (facet: Facet, value: string) =>
	facet === 'action' ? actionInWords({ action: value }) : facet === 'source' ? sourceInWords({ source: value }) : undefined;

/**
 * Whether a lead has the values that are asked for: a country by any of its names or codes; an action or a source by its code or in words; a part of an
 * offer's title or id, of a campaign's value or of `name=value`; all in any casing, without accents. An empty text asks for leads without a value.
 */
export function facetFilter(asked: Partial<Record<Facet, string>>): (listed: Listed) => boolean {
	const wanted = facets.flatMap((facet) => {
		const text = asked[facet];
		return text === undefined ? [] : [{ facet, text: text.trim(), code: facet === 'country' ? toCountryCode(text) : undefined }];
	});
	return (listed) => {
		const lead = saidIn(listed);
		const found = facetsOf(listed);
		return wanted.every(({ facet, text, code }) => {
			const values = found[facet];
			if (text === '') return values.length === 0;
			if (facet === 'country') return values.some((value) => (code ? value === code : isSame(value, text)));
			if (facet === 'offer') return [...values, ...given(lead.offer)].some((value) => isPart(text, value));
			if (facet === 'campaign') return [...values, ...parametersOf(lead)].some((value) => isPart(text, value));
			return values.some((value) => isSame(value, text) || isSame(wordsFor(facet, value) ?? '', text));
		});
	};
}

/** A listing's parameters as `name=value`. */
export const parametersOf = ({ campaign = [] }: Pick<Lead, 'campaign'>): string[] => campaign.map(toParameterLine);

/** What an erased lead is counted under for good: nothing that could name a person. */
export function countedUnder(listed: Partial<Listed>): CountedUnder {
	const { offer, country, action } = facetsOf(listed);
	const under = {
		offer: offer
			.find((title) => !title.includes('@'))
			?.slice(0, longestOffer)
			.toWellFormed(),
		country: country.find(isCountryCode),
		action: action.find((code) => knownActions.includes(code)),
	};
	return Object.fromEntries(Object.entries(under).filter(([, value]) => value !== undefined));
}

/** Parameters that name a campaign; of a lead without one, every parameter is shown. */
const campaignNames = /^(?:mktcmpid|utm_campaign|campaign(?:_?id|_?name)?)$/i;
const knownActions = ['INS', 'PLT', 'DNC', 'Create', 'StartTestDrive'];
const knownSources = ['AzureMarketplace', 'AzurePortal', 'SPZA', 'TestDrive'];
const longestOffer = 100;

const isCountryCode = (value: string) => /^[A-Z]{2}$/.test(value) && toCountryCode(value) === value;
const given = (value: string | undefined) => (value ? [value] : []);
const isSame = (one: string, other: string) => withoutAccents(one.trim()) === withoutAccents(other.trim());
const isPart = (part: string, whole: string) => withoutAccents(whole).includes(withoutAccents(part));
