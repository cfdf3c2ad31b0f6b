import { findKeptBack, type Policies } from '../rules/find-kept-back.ts';
import { readRoutes } from '../rules/read-routes.ts';
import type { Route, RouteIssue } from '../rules/route.ts';
import type { SettingIssue } from './settings.ts';
import { toIssue } from './to-issue.ts';

/** Reads `LEAD_ROUTES`, complained about as every other setting is. */
export function readRouting(text: string, policies: Policies): { routes: Route[]; issues: SettingIssue[]; warnings: SettingIssue[] } {
	if (text === '') return { routes: [], issues: [], warnings: [] };
	const { routes, issues, warnings } = readRoutes(text);
	return { routes, issues: issues.map(toSettingIssue), warnings: [...warnings, ...findKeptBack(routes, policies)].map(toSettingIssue) };
}

/** What is wrong with a rule, as something that is wrong with the setting. */
export const toSettingIssue = ({ rule, problem }: RouteIssue): SettingIssue => ({
	...toIssue('LEAD_ROUTES', problem),
	...(rule !== undefined && { rule }),
});
