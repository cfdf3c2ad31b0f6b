import { catalogue, type SettingName, settingNames } from '../../shared/settings/catalogue.ts';
import { type NameKind, templateNames } from '../../shared/templates/template-names.ts';

import { retryTimetable } from './retry-timetable.ts';

/** A file that is made from the catalogue, wholly or between two marks. */
export interface GeneratedFile {
	path: string;
	/** What it says when it is up to date. */
	now: string;
}

/** Every file that the catalogue is written out in. @param read The text of a file as it is. */
export function generatedFiles(read: (path: string) => string): GeneratedFile[] {
	return [
		{ path: 'local.settings.sample.json', now: toSample() },
		{ path: 'README.md', now: between(read('README.md'), toTable()) },
		// Published for editors.
		{ path: 'docs/lead-routes.schema.json', now: read('shared/rules/routes.schema.json') },
		{ path: 'docs/retries.md', now: between(read('docs/retries.md'), retryTimetable()) },
		{ path: 'docs/settings.md', now: between(read('docs/settings.md'), settingNames.map(toSection).join('\n\n')) },
		{ path: 'docs/templates.md', now: between(read('docs/templates.md'), toNames()) },
	];
}

const exampleOf = (name: SettingName) => catalogue[name].examples[0];

function toSample(): string {
	const storage = { FUNCTIONS_WORKER_RUNTIME: 'node', AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
	// Optional settings without a default stay blank: blank is missing.
	const value = (name: SettingName) => catalogue[name].default ?? (needed(name) ? exampleOf(name) : '');
	const values = { ...storage, ...Object.fromEntries(settingNames.map((name) => [name, value(name)])) };
	return `${JSON.stringify({ IsEncrypted: false, Values: values }, null, '\t')}\n`;
}

const needed = (name: SettingName) => name === 'LEAD_DESTINATIONS' || (catalogue[name].blocks?.length ?? 0) > 0;

function toTable(): string {
	const rows = settingNames.map((name) => {
		const { default: value, description } = catalogue[name];
		return `| \`${name}\` | ${value === undefined ? '–' : `\`${value}\``} | ${description.split(/(?<=\.)\s/)[0]} |`;
	});
	return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function toSection(name: SettingName): string {
	const { title, description, kind, allowed, default: value, blocks = [], whenWrong } = catalogue[name];
	const wrong =
		whenWrong ??
		(blocks.length > 0
			? `deliveries to ${blocks.map((block) => `\`${block}\``).join(' and ')} wait until it is mended.`
			: value === undefined
				? 'the app works as if it were not set.'
				: 'the default is used.');
	return [
		`### ${name}`,
		'',
		`**${title}.** ${description}`,
		'',
		`- Type: ${kind}.`,
		`- Allowed: ${allowed.replace(/[<*]/g, '\\$&')}.`,
		`- Default: ${value === undefined ? 'none' : `\`${value}\``}.`,
		`- Example: \`${exampleOf(name)}\`.`,
		`- When it is wrong: ${wrong} \`journal.checked\` names it under \`misconfigured\` until it is mended.`,
	].join('\n');
}

function toNames(): string {
	const rows = Object.entries(templateNames('html')).map(([name, { kind, meaning }]) => `| \`${name}\` | ${written[kind]} | ${meaning} |`);
	return ['| name | kind | stands for |', '|---|---|---|', ...rows].join('\n');
}

const written: Record<NameKind, string> = { text: 'text', flag: 'yes or no', list: 'list', html: 'HTML' };

const begin = '<!-- settings:begin (made by npm run settings) -->';
const end = '<!-- settings:end -->';

function between(text: string, made: string): string {
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	if (from < 0 || to < from) throw new Error(`the marks ${begin} and ${end} are missing`);
	return `${text.slice(0, from + begin.length)}\n\n${made}\n\n${text.slice(to)}`;
}
