import { findNeverMatching } from './find-never-matching.ts';
import type { Route, RouteIssue } from './route.ts';

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
