import type { Catalogue } from './catalogue.ts';
import type { RuleProblem } from './read-routing.ts';
import type { SettingIssue } from './settings.ts';

/** A problem of a setting, or of a rule, as it is complained about. */
export function toIssue(catalogue: Catalogue, { setting, problem, rule }: RuleProblem): SettingIssue {
	const { allowed = '', blocks = [] } = catalogue[setting] ?? {};
	return { setting, ...(rule !== undefined && { rule }), problem, allowed, blocks };
}
