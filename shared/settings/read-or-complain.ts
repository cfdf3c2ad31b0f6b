import type { SettingName } from './catalogue.ts';
import type { SettingIssue } from './settings.ts';
import { toIssue } from './to-issue.ts';

/** What a reader of a setting gives; when it throws, what there is `without` the setting: a defect of ours must not keep the intake from starting. */
export function readOrComplain<Read extends object>(
	setting: SettingName,
	read: () => Read & { issues: SettingIssue[] },
	without: Read,
): Read & { issues: SettingIssue[] } {
	try {
		return read();
	} catch {
		return { ...without, issues: [toIssue(setting, 'could not be read')] };
	}
}
