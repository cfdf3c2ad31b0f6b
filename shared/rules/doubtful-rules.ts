import type { Route, RouteConditions, RouteIssue } from './routes.ts';
import { fits } from './wildcard.ts';

/** The rules whose leads are all taken by an earlier rule. (Not those that only several earlier rules take together.) */
export function findNeverMatching(routes: readonly Route[]): RouteIssue[] {
	return routes.flatMap(({ rule, when }, index) => {
		const earlier = routes.slice(0, index).find((other) => takesAllOf(other.when, when));
		if (!earlier) return [];
		const same = takesAllOf(when, earlier.when);
		const why = same
			? `has the same conditions as rule ${earlier.rule}`
			: `rule ${earlier.rule} matches every lead that this rule could match`;
		return [{ rule, problem: `rule ${rule}: can never match, because ${same ? 'it ' : ''}${why}` }];
	});
}

const textMembers = ['source', 'action', 'publisher', 'offer', 'emailDomain', 'country'] as const;

/** Whether every lead that meets `narrow` meets `wide` too. */
function takesAllOf(wide: RouteConditions, narrow: RouteConditions): boolean {
	return (
		(wide.test === undefined || wide.test === narrow.test) &&
		textMembers.every((member) => covers(wide[member], narrow[member])) &&
		(wide.campaign ?? []).every(({ name, values }) => narrow.campaign?.some((other) => other.name === name && covers(values, other.values)))
	);
}

function covers(wide: string[] | undefined, narrow: string[] | undefined): boolean {
	return !wide || (narrow?.every((value) => wide.some((pattern) => fits(pattern, value))) ?? false);
}

/**
 * What can only be told with the names of countries at hand: countries that no one knows, and rules that can never match because an earlier rule names the
 * same country another way. Apart from `readRoutes`, so that starting the app does not load them.
 */
export async function checkCountries(routes: readonly Route[]): Promise<RouteIssue[]> {
	if (!routes.some(({ when }) => when.country)) return [];
	const { codeOfCountryKey, nearestCountry } = await import('../person/countries.ts');
	const known = new Set(findNeverMatching(routes).map(({ rule }) => rule));
	const coded = routes.map(({ when, ...route }) => ({
		...route,
		when: { ...when, ...(when.country && { country: when.country.map((key) => codeOfCountryKey(key) ?? key) }) },
	}));
	const unknown = routes.flatMap(({ rule, when }) =>
		(when.country ?? []).flatMap((key, index) => {
			if (codeOfCountryKey(key)) return [];
			const meant = nearestCountry(key);
			const hint = meant ? `; did you mean \`${meant}\`?` : '';
			return [
				{
					rule,
					problem: `rule ${rule}: \`when.country\` (number ${index + 1}) is not a known country, so only leads that spell it the same way match${hint}`,
				},
			];
		}),
	);
	return [...unknown, ...findNeverMatching(coded).filter(({ rule }) => !known.has(rule))];
}

export interface Policies {
	testPolicy: 'deliver' | 'journal';
	dncPolicy: 'deliver' | 'journal';
}

/** The rules for leads that a policy keeps in the journal before any rule is asked. */
export function findKeptBack(routes: readonly Route[], { testPolicy, dncPolicy }: Policies): RouteIssue[] {
	return routes.flatMap(({ rule, when, choice }) => {
		if (choice.journalOnly) return [];
		const setting =
			when.test && testPolicy === 'journal'
				? 'LEAD_TEST_POLICY'
				: when.action?.every((action) => action === 'dnc') && dncPolicy === 'journal'
					? 'LEAD_DNC_POLICY'
					: undefined;
		return setting ? [{ rule, problem: `rule ${rule}: can never match, because ${setting} keeps its leads in the journal` }] : [];
	});
}
