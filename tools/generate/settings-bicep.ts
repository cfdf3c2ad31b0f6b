import type { SettingEntry } from '../../shared/delivery/destination-kind.ts';

/** Settings by name, as the catalogue has them. */
type Entries = readonly [string, SettingEntry][];

/** Set by the template itself. */
const ofTheTemplate = ['AZURE_CLIENT_ID', 'BOARD_CLIENT_ID', 'BOARD_TENANT_ID'];

/** What there may be several of has a parameter of its own, which is secret. */
const given = (entries: Entries) => entries.filter(([name, { perDestination }]) => !ofTheTemplate.includes(name) && !perDestination);

/**
 * infra/modules/settings.bicep: the type of the template's parameter `settings`, and the defaults. Values are the texts that the app reads, lists and JSON
 * too, so that template, portal and docs/settings.md have one form.
 */
export function toBicepModule(entries: Entries): string {
	return `// Made by npm run generate, from the schemas of the settings.
metadata name = 'Settings'
metadata description = 'Settings of the app: the names and texts of docs/settings.md.'

@export()
@sealed()
@description('Settings of the app by name, as the texts that it reads. AZURE_CLIENT_ID, BOARD_CLIENT_ID and BOARD_TENANT_ID are set by the template.')
type appSettings = {
${given(entries).map(toMember).join('\n\n')}
}

@export()
@description('What a setting is when it is not given; one without a default is not listed.')
var settingDefaults = {
${given(entries).flatMap(toDefault).join('\n')}
}
`;
}

/** The parameters `settings` and `webhooks` with every member given, none as its default: what is lost on the way is seen by tests/infra. */
export function toExamples(entries: Entries): string {
	const lines = (some: Entries) => some.map(([name, { examples }]) => `  ${name}: ${quoted(examples[0])}`).join('\n');
	return `param settings = {\n${lines(given(entries))}\n}\n\nparam webhooks = {\n${lines(entries.filter(([, { perDestination }]) => perDestination))}\n}`;
}

function toMember([name, entry]: [string, SettingEntry]): string {
	const { description, allowed, default: value, enum: words, kind } = entry;
	const ending = endingsOfFiles[kind];
	const says = [
		`Optional. ${description}`,
		...(words ? [] : [`Allowed: ${allowed}.`]),
		...(ending ? [`From a file: loadTextContent('${name.split('_').at(-1)?.toLowerCase()}.${ending}').`] : []),
		...(value === undefined ? [] : [`Default: ${value}`]),
	];
	const type = words ? `(${words.map(quoted).join(' | ')})?` : 'string?';
	return `  @description(${quoted(says.join(' '))})\n  ${name}: ${type}`;
}

/** Kinds of values that are long enough for a file. */
const endingsOfFiles: Record<string, string> = { JSON: 'json', 'template, HTML': 'html' };

const toDefault = ([name, { default: value }]: [string, SettingEntry]) => (value === undefined ? [] : [`  ${name}: ${quoted(value)}`]);

/** https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings */
const quoted = (text: string) =>
	`'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\$\{/g, '\\${').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;
