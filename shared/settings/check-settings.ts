import { didYouMean } from '../basics/did-you-mean.ts';
import { durationMs } from '../basics/duration.ts';
import type { Environment } from '../basics/environment.ts';
import { type CatalogueEntry, catalogue, type SettingName, settingNames } from './catalogue.ts';
import { readOrComplain } from './read-or-complain.ts';
import validate from './settings.schema.generated.cjs';
import type { SettingIssue } from './settings.ts';
import { toIssue } from './to-issue.ts';

/** The texts of the settings that are set: trimmed, words to choose from in the catalogue's case; blank is missing. */
export type SettingTexts = Partial<Record<SettingName, string>>;

const notA: Record<string, string> = {
	duration: 'is not a duration of a fixed length',
	schedule: 'is not an NCRONTAB expression',
	address: 'is not an e-mail address',
	addresses: 'holds something that is not an e-mail address',
	root: 'is not a URL that tokens may be sent to',
	origin: 'is not an origin that tokens may be sent to',
	guid: 'is not a GUID',
	locale: 'is not a locale that is known',
	timeZone: 'is not a time zone that is known',
};

/** Checks every setting by itself: the texts that are right, and what is wrong with the others, all together. Values are never told. */
export function checkSettings(environment: Environment): { texts: SettingTexts; issues: SettingIssue[] } {
	const texts: SettingTexts = {};
	for (const name of settingNames) {
		const text = environment[name]?.trim();
		if (text) texts[name] = foldCase(text, catalogue[name]);
	}
	const issues: SettingIssue[] = [];
	for (const [setting, text] of Object.entries(texts) as [SettingName, string][]) {
		const checked = readOrComplain(setting, () => ({ issues: problemsOf(setting, text).map((problem) => toIssue(setting, problem)) }), {});
		if (checked.issues.length > 0) delete texts[setting];
		issues.push(...checked.issues);
	}
	return { texts, issues };
}

function problemsOf(setting: SettingName, text: string): string[] {
	if (validate({ [setting]: text })) return outOfBounds(text, catalogue[setting]) ? ['is too short or too long'] : [];
	const [{ keyword = '', params = {} } = {}] = validate.errors ?? [];
	if (keyword === 'format') return [notA[params.format] ?? 'is not valid'];
	const meant = didYouMean(text, catalogue[setting].enum ?? []);
	return [`is not one of the values allowed${meant ? `; did you mean ${meant}?` : ''}`];
}

/** `Journal` and `TRUE` are what they look like. */
const foldCase = (text: string, { enum: values = [] }: CatalogueEntry) =>
	values.find((value) => value.toLowerCase() === text.toLowerCase()) ?? text;

function outOfBounds(text: string, { between }: CatalogueEntry): boolean {
	if (!between) return false;
	const [value = 0, least = 0, most = 0] = [text, ...between].map(durationMs);
	return value < least || value > most;
}
