import type { Route, RouteConditions, RouteIssue } from './route.ts';
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
