import { type CatalogueEntry, catalogue, type SettingName, settingNames } from './catalogue.ts';
import { durationMs } from './duration.ts';
import type { Environment } from './environment.ts';
import validate from './settings.schema.generated.cjs';
import type { SettingIssue } from './settings.ts';

/** The texts of the settings that are set: trimmed; blank is missing. */
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
		if (text) texts[name] = text;
	}
	const issues: SettingIssue[] = [];
	const complain = (setting: SettingName, problem: string) => {
		if (texts[setting] === undefined) return;
		const { allowed, blocks = [] } = catalogue[setting];
		issues.push({ setting, problem, allowed, blocks });
		delete texts[setting];
	};
	if (!validate(texts))
		for (const { instancePath, keyword, params } of validate.errors ?? [])
			complain(
				instancePath.slice(1) as SettingName,
				keyword === 'format' ? (notA[params.format] ?? 'is not valid') : 'is not one of the values allowed',
			);
	for (const name of settingNames) if (outOfBounds(texts[name], catalogue[name])) complain(name, 'is too short or too long');
	return { texts, issues };
}

function outOfBounds(text: string | undefined, { between }: CatalogueEntry): boolean {
	if (text === undefined || !between) return false;
	const [value = 0, least = 0, most = 0] = [text, ...between].map(durationMs);
	return value < least || value > most;
}
