import { catalogue, type SettingName } from './catalogue.ts';
import type { SettingIssue } from './settings.ts';

/** A problem of a setting as it is complained about. */
export function toIssue(setting: SettingName, problem: string): SettingIssue {
	const { allowed, blocks = [] } = catalogue[setting];
	return { setting, problem, allowed, blocks };
}
