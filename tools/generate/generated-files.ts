import type { SettingEntry } from '../../shared/delivery/destination-kind.ts';
import { destinationGroups, documentedKinds } from '../../shared/destinations/destination-kinds.ts';
import { routesSchema } from '../../shared/rules/routes-schema.ts';
import { catalogue } from '../../shared/settings/catalogue.ts';
import { type NameKind, templateNames } from '../../shared/templates/template-names.ts';

import { retryTimetable } from './retry-timetable.ts';
import { toBicepModule, toExamples } from './settings-bicep.ts';

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
		{
			path: 'docs/lead-routes.schema.json',
			now: `${JSON.stringify(
				routesSchema(
					documentedKinds,
					destinationGroups.map(({ pattern }) => pattern),
				),
				null,
				'\t',
			)}\n`,
		},
		{ path: 'docs/retries.md', now: between(read('docs/retries.md'), retryTimetable()) },
		{ path: 'docs/settings.md', now: between(read('docs/settings.md'), entries.map(toSection).join('\n\n')) },
		{ path: 'docs/templates.md', now: between(read('docs/templates.md'), toNames()) },
		{ path: 'infra/modules/settings.bicep', now: toBicepModule(entries) },
		{ path: biggest, now: between(read(biggest), toExamples(entries), '// ') },
	];
}

const biggest = 'tests/infra/parameters/biggest.bicepparam';
const entries = Object.entries(catalogue) as [string, SettingEntry][];

function toSample(): string {
	const storage = { FUNCTIONS_WORKER_RUNTIME: 'node', AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
	// Optional settings without a default stay blank, because blank is missing; and so does the address of every service: copied as it is, it keeps the sandbox.
	const services = documentedKinds.map(({ standIn }) => standIn.setting);
	const value = (name: string, entry: SettingEntry) =>
		services.includes(name) ? '' : (entry.default ?? (isNeeded(name, entry) ? entry.examples[0] : ''));
	const single = entries.filter(([, { perDestination }]) => !perDestination);
	const values = { ...storage, ...Object.fromEntries(single.map(([name, entry]) => [name, value(name, entry)])) };
	return `${JSON.stringify({ IsEncrypted: false, Values: values }, null, '\t')}\n`;
}

const isNeeded = (name: string, { blocks = [] }: SettingEntry) => name === 'LEAD_DESTINATIONS' || blocks.length > 0;

function toTable(): string {
	const rows = entries.map(([name, { default: value, description }]) => {
		return `| \`${name}\` | ${value === undefined ? '–' : `\`${value}\``} | ${description.split(/(?<=\.)\s/)[0]} |`;
	});
	return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function toSection([name, entry]: [string, SettingEntry]): string {
	const { title, description, kind, allowed, default: value, examples, blocks = [], whenWrong } = entry;
	const wrong =
		whenWrong ??
		(blocks.length > 0
			? `deliveries to ${blocks.map((block) => `\`${block}\``).join(' and ')} wait until it is fixed.`
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
		`- Example: \`${examples[0]}\`.`,
		`- When it is wrong: ${wrong} \`journal.checked\` names it under \`misconfigured\` until it is fixed.`,
	].join('\n');
}

function toNames(): string {
	const rows = Object.entries(templateNames('html')).map(([name, { kind, meaning }]) => `| \`${name}\` | ${written[kind]} | ${meaning} |`);
	return ['| name | kind | stands for |', '|---|---|---|', ...rows].join('\n');
}

const written: Record<NameKind, string> = { text: 'text', flag: 'yes or no', list: 'list', html: 'HTML' };

/** The text with what was made between its two marks, which are comments. */
function between(text: string, made: string, comment: '<!-- ' | '// ' = '<!-- '): string {
	const close = comment === '<!-- ' ? ' -->' : '';
	const begin = `${comment}settings:begin (made by npm run generate)${close}`;
	const end = `${comment}settings:end${close}`;
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	if (from < 0 || to < from) throw new Error(`the marks ${begin} and ${end} are missing`);
	return `${text.slice(0, from + begin.length)}\n\n${made}\n\n${text.slice(to)}`;
}
