import type { SettingIssue } from './settings.ts';

/** What is at fault, by name: the setting, with the rule when it holds several: `LEAD_ROUTES rule 2`. */
export const issueName = ({ setting, rule }: SettingIssue): string => (rule === undefined ? setting : `${setting} rule ${rule}`);
