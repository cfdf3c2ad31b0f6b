import type { Choice } from '../delivery/destination.ts';
import { fold } from '../lead/clean-text.ts';
import type { Lead } from '../lead/lead.ts';
import { actionInWords, sourceInWords } from '../lead/lead-words.ts';
import { countryKey } from '../person/country-key.ts';
import { emailDomain } from './email-domain.ts';
import type { Route, RouteConditions } from './routes.ts';
import { fits } from './wildcard.ts';

export interface RouteMatch {
	/** The rule that matched, counted from 1; absent when none did. */
	rule?: number;
	/** A sentence for each rule that was looked at; conditions by name, never a value of the lead. */
	why: string[];
	/** Empty when no rule matched: everything goes the usual way. */
	choice: Choice;
}

/**
 * The first rule that a lead meets. Asynchronous for the names of countries alone, which are loaded (some 10 ms, once) when a rule asks for a country and
 * the lead has one: the intake decides by routes, and must not start slower for it.
 */
export async function matchRoute(lead: Lead, routes: readonly Route[]): Promise<RouteMatch> {
	const asked = lead.country !== undefined && routes.some(({ when }) => when.country);
	const { codeOfCountryKey } = asked ? await import('../person/countries.ts') : { codeOfCountryKey: () => undefined };
	const facts = factsOf(
		lead,
		codeOfCountryKey,
		routes.some(({ when }) => when.campaign),
	);
	const why: string[] = [];
	for (const { rule, when, choice } of routes) {
		const unmet = findUnmet(when, facts);
		if (!unmet) return { rule, why: [...why, `rule ${rule} matches: ${conditionsOf(when)}`], choice };
		why.push(`rule ${rule} does not match: ${unmet}`);
	}
	return { why, choice: {} };
}

type TextMember = 'source' | 'action' | 'publisher' | 'offer' | 'emailDomain';
const textMembers: readonly TextMember[] = ['source', 'action', 'publisher', 'offer', 'emailDomain'];

/** What of a lead conditions are compared with, folded. */
interface Facts extends Record<TextMember, string[]> {
	test: boolean;
	campaign: { name: string; value: string }[];
	isCountry: (keys: string[]) => boolean;
	hasCountry: boolean;
}

function factsOf(lead: Lead, codeOf: (key: string) => string | undefined, withCampaign: boolean): Facts {
	const folded = (...texts: (string | undefined)[]) => texts.flatMap((text) => (text === undefined ? [] : [fold(text)]));
	const domain = lead.email === undefined ? undefined : emailDomain(lead.email);
	const key = lead.country === undefined ? undefined : countryKey(lead.country);
	const code = key && codeOf(key);
	return {
		source: folded(lead.source, sourceInWords(lead)),
		action: folded(lead.action, actionInWords(lead)),
		publisher: folded(lead.publisher),
		offer: folded(lead.offer, lead.offerTitle),
		emailDomain: domain ? [domain] : [],
		test: lead.isTest,
		campaign: (withCampaign && lead.campaign ? lead.campaign : []).map(({ name, value }) => ({ name: fold(name), value: fold(value) })),
		// A country that no one knows is compared as it is written.
		isCountry: (keys) => key !== undefined && keys.some((other) => other === key || (code !== undefined && codeOf(other) === code)),
		hasCountry: key !== undefined,
	};
}

/** The first condition that is not met, in words. */
function findUnmet(when: RouteConditions, facts: Facts): string | undefined {
	if (when.test !== undefined && when.test !== facts.test) return `the lead is ${facts.test ? 'a' : 'not a'} test`;
	for (const member of textMembers) {
		const patterns = when[member];
		if (patterns && !patterns.some((pattern) => facts[member].some((text) => fits(pattern, text))))
			return unmet(member, facts[member].length > 0);
	}
	if (when.country && !facts.isCountry(when.country)) return unmet('country', facts.hasCountry);
	for (const { name, values } of when.campaign ?? []) {
		const given = facts.campaign.filter((parameter) => parameter.name === name);
		if (!given.some(({ value }) => values.some((pattern) => fits(pattern, value)))) return unmet(`campaign.${name}`, given.length > 0);
	}
	return undefined;
}

const unmet = (member: string, isGiven: boolean) => `\`${member}\` is ${isGiven ? 'different' : 'not given'}`;

function conditionsOf({ campaign = [], ...when }: RouteConditions): string {
	const members = [...Object.keys(when), ...campaign.map(({ name }) => `campaign.${name}`)];
	return members.length > 0 ? members.map((member) => `\`${member}\``).join(', ') : 'it matches every lead';
}
