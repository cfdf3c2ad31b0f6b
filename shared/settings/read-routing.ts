import type { DestinationKind, SettingProblem } from '../delivery/destination-kind.ts';
import { findKeptBack, type Policies } from '../rules/doubtful-rules.ts';
import { readRoutes } from '../rules/read-routes.ts';
import type { Route, RouteIssue } from '../rules/routes.ts';
import type { Catalogue } from './catalogue.ts';
import type { SettingIssue } from './settings.ts';

/** What is wrong with a rule, as something that is wrong with its setting. */
export interface RuleProblem extends SettingProblem {
	/** Counted from 1; absent when it is not about a single rule. */
	rule?: number;
}

/** Reads `LEAD_ROUTES`, complained about as every other setting is. */
export function readRouting(
	text: string,
	{ kinds, ...policies }: Policies & { kinds: readonly DestinationKind[] },
): { routes: Route[]; problems: RuleProblem[]; warnings: RuleProblem[] } {
	if (text === '') return { routes: [], problems: [], warnings: [] };
	const { routes, issues, warnings } = readRoutes(text, kinds);
	return {
		routes,
		problems: issues.map(toRuleProblem),
		warnings: [...warnings, ...findKeptBack(routes, policies)].map(toRuleProblem),
	};
}

/** What is wrong with a rule, as something that is wrong with the setting. */
export const toRuleProblem = ({ rule, problem }: RouteIssue): RuleProblem => ({
	setting: 'LEAD_ROUTES',
	problem,
	...(rule !== undefined && { rule }),
});

/** A problem of a setting, or of a rule, as it is complained about. */
export function toIssue(catalogue: Catalogue, { setting, problem, rule }: RuleProblem): SettingIssue {
	const { allowed = '', blocks = [] } = catalogue[setting] ?? {};
	return { setting, ...(rule !== undefined && { rule }), problem, allowed, blocks };
}
