import { checkTemplate } from '../templates/check-template.ts';
import type { TemplatePlace } from '../templates/template-names.ts';
import type { SettingTexts } from './check-settings.ts';
import type { SettingIssue } from './settings.ts';
import { toIssue } from './to-issue.ts';

const members = { EMAIL_SUBJECT: 'subject', EMAIL_BODY: 'body' } as const;

/** A template under its member's name when it is set and right; otherwise nothing, and what is wrong with it. */
export function readTemplate(
	setting: keyof typeof members,
	place: TemplatePlace,
	texts: SettingTexts,
): { template: { subject?: string; body?: string }; issues: SettingIssue[] } {
	const text = texts[setting];
	if (text === undefined) return { template: {}, issues: [] };
	const issues = checkTemplate(text, place).map((problem) => toIssue(setting, problem));
	return { template: issues.length > 0 ? {} : { [members[setting]]: text }, issues };
}
