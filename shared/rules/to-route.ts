import { toList } from '../basics/list.ts';
import type { Choice } from '../delivery/destination.ts';
import { type DestinationKind, namesOf } from '../delivery/destination-kind.ts';
import { fold } from '../lead/clean-text.ts';
import { countryKey } from '../person/country-key.ts';
import { foldDomain } from './email-domain.ts';
import type { OneOrMore, Route, RouteConditions, Routes } from './routes.ts';

/** A rule as it was written, ready to be compared with leads. */
export function toRoute(
	{ name, when, choose }: Routes[number],
	rule: number,
	kinds: readonly DestinationKind[],
): { route: Route; problems: string[] } {
	const { choice, problems } = toChoice(choose, kinds);
	return { route: { rule, ...(name !== undefined && { name }), when: toConditions(when), choice }, problems };
}

const many = (value: OneOrMore, as: (text: string) => string) => [...new Set((Array.isArray(value) ? value : [value]).map(as))];

function toConditions({ campaign, country, emailDomain, test, ...texts }: Routes[number]['when']): RouteConditions {
	return {
		...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, many(value, fold)])),
		...(country !== undefined && { country: many(country, countryKey) }),
		...(emailDomain !== undefined && { emailDomain: many(emailDomain, (domain) => foldDomain(domain.replace(/^@/, ''))) }),
		...(campaign && { campaign: Object.entries(campaign).map(([name, value]) => ({ name: fold(name), values: many(value, fold) })) }),
		...(test !== undefined && { test }),
	};
}

/** The names that a rule chooses, in lower case. */
export const chosenNames = (written: OneOrMore): string[] =>
	(Array.isArray(written) ? written.map((entry) => entry.trim()) : toList(written)).map((name) => name.toLowerCase());

function toChoice({ destinations, journalOnly, ...others }: Routes[number]['choose'], kinds: readonly DestinationKind[]) {
	const chosen = destinations && chosenNames(destinations);
	const choice: Choice = {
		...(journalOnly && { journalOnly }),
		...(chosen && { destinations: namesOf(kinds).filter((name) => chosen.includes(name)) }),
	};
	const problems: string[] = [];
	for (const { choices } of kinds) {
		const read = choices.read(membersOf(choices.schema.properties, others));
		Object.assign(choice, read.choice);
		problems.push(...read.problems);
	}
	return { choice, problems };
}

/** What of a choice belongs to a destination. */
export const membersOf = (properties: Record<string, object>, chosen: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(chosen).filter(([member]) => Object.hasOwn(properties, member)));
