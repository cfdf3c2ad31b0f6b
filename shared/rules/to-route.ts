import { toList } from '../basics/list.ts';
import { destinationNames } from '../delivery/destination.ts';
import { fold } from '../lead/fold.ts';
import { countryKey } from './country-key.ts';
import { foldDomain } from './email-domain.ts';
import type { Route, RouteChoice, RouteConditions } from './route.ts';
import type { OneOrMore, Routes } from './routes.ts';

/** A rule as it was written, ready to be compared with leads. */
export function toRoute({ name, when, choose }: Routes[number], rule: number): Route {
	return { rule, ...(name !== undefined && { name }), when: toConditions(when), choice: toChoice(choose) };
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

const list = (value: OneOrMore) => (Array.isArray(value) ? value.map((entry) => entry.trim()) : toList(value));

function toChoice({ destinations, to, cc, ...rest }: Routes[number]['choose']): RouteChoice {
	const chosen = destinations && list(destinations).map((name) => name.toLowerCase());
	return {
		...rest,
		...(chosen && { destinations: destinationNames.filter((name) => chosen.includes(name)) }),
		...(to && { to: list(to) }),
		...(cc && { cc: list(cc) }),
	};
}
