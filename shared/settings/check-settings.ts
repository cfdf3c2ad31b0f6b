import type { Environment } from '../basics/environment.ts';
import { readOrComplain } from '../basics/read-or-complain.ts';
import { textProblem } from '../basics/schema-sentences.ts';
import { durationMs } from '../basics/time.ts';
import type { DestinationGroup, DestinationKind, SettingEntry, SettingProblem, Validate } from '../delivery/destination-kind.ts';
import { isUnresolved, unresolvedProblem } from '../destinations/webhook/read-url.ts';
import type { Catalogue } from './catalogue.ts';
import { cleanSetting } from './clean-setting.ts';
import validate from './settings.schema.generated.cjs';

/** The texts of the settings that are set: cleaned, words to choose from in the catalogue's case; blank is missing. */
export type SettingTexts = Record<string, string | undefined>;

/** Checks every setting by itself: the texts that are right, and what is wrong with the others, all together. Values are never told. */
export function checkSettings(
	environment: Environment,
	catalogue: Catalogue,
	parts: readonly Pick<DestinationKind | DestinationGroup, 'settings'>[],
): { texts: SettingTexts; problems: SettingProblem[] } {
	const texts: SettingTexts = {};
	for (const [name, entry] of Object.entries(catalogue)) {
		const text = cleanSetting(environment[name] ?? '', entry.kind);
		if (text) texts[name] = foldCase(text, entry);
	}
	const problems: SettingProblem[] = [];
	const validateOf = (setting: string) =>
		parts.find(({ settings }) => setting in settings.schema.properties)?.settings.validate ?? validate;
	for (const [setting, text = ''] of Object.entries(texts)) {
		const read = () => ({ problems: problemsOf(setting, text, catalogue, validateOf(setting)).map((problem) => ({ setting, problem })) });
		const checked = readOrComplain(setting, read, {});
		if (checked.problems.length > 0) delete texts[setting];
		problems.push(...checked.problems);
	}
	return { texts, problems };
}

function problemsOf(setting: string, text: string, catalogue: Catalogue, validate: Validate): string[] {
	const { [setting]: entry } = catalogue;
	if (!entry) return [];
	// An endpoint says it of its own: what depends on a setting that is wrong is then not asked for.
	if (isUnresolved(text) && (!entry.perDestination || entry.enum)) return [unresolvedProblem];
	if (validate({ [setting]: text })) return outOfBounds(text, entry) ? ['is too short or too long'] : [];
	return [textProblem(validate.errors ?? [], text, entry.enum ?? [])];
}

/** `Journal` and `TRUE` are what they look like. */
const foldCase = (text: string, { enum: values = [] }: SettingEntry) =>
	values.find((value) => value.toLowerCase() === text.toLowerCase()) ?? text;

function outOfBounds(text: string, { between }: SettingEntry): boolean {
	if (!between) return false;
	const [value = 0, least = 0, most = 0] = [text, ...between].map(durationMs);
	return value < least || value > most;
}
