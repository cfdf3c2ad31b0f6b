import { didYouMean } from '../basics/did-you-mean.ts';
import { htmlPlaces } from './html-places.ts';
import { entryNames, kindOf, type TemplatePlace, templateNames } from './template-names.ts';
import { type TemplateTag, templateTags } from './template-tags.ts';

/**
 * What is wrong with a template, as sentences that go on from its setting's name: ``holds {{compny}}, which is not known; did you mean {{company}}?`` None
 * when it can be rendered. Of mustache's language values, sections and comments are supported. `{{{…}}}`, `{{&…}}`, partials and changed delimiters are
 * refused rather than taken for something else: no value is ever printed as it is, and there is nothing that a partial could name.
 */
export function checkTemplate(template: string, place: TemplatePlace): string[] {
	const { tags, unclosed } = templateTags(template);
	const problems: string[] = [];
	const open: TemplateTag[] = [];
	for (const tag of tags) {
		const { type, name } = tag;
		if (type === '!') continue;
		if (type === '/') {
			const last = open.pop();
			if (last?.name !== name)
				problems.push(
					last ? `closes ${quote('/', name)} before ${quote('/', last.name)}` : `closes ${quote('/', name)}, which was not opened`,
				);
			continue;
		}
		const problem = refusal(tag) ?? nameProblem(tag, open, place);
		if (problem) problems.push(problem);
		if (type === '#' || type === '^') open.push(tag);
	}
	if (unclosed !== undefined) problems.push(`opens {{ at character ${unclosed + 1} and does not close it with }}`);
	else for (const { type, name } of open) problems.push(`opens ${quote(type, name)} and does not close it with ${quote('/', name)}`);
	if (problems.length === 0 && place === 'html') problems.push(...htmlProblems(template, tags));
	return [...new Set(problems)];
}

/** Bytes: beside the frame of a mail and what leads say there is room for no more. */
const longestHtml = 30_000;

function htmlProblems(template: string, tags: readonly TemplateTag[]): string[] {
	if (Buffer.byteLength(template) > longestHtml) return ['is longer than 30,000 bytes'];
	const { places, problems } = htmlPlaces(template, tags);
	const misplaced = tags.filter(
		({ type, name, start }) => type === 'name' && kindOf(name, 'html') === 'html' && places.get(start) !== 'text',
	);
	return [...problems, ...misplaced.map(({ name }) => `holds {{${name}}} inside an HTML tag: it is HTML itself`)];
}

function refusal({ type, name }: TemplateTag): string | undefined {
	if (type === '{' || type === '&')
		return `holds ${type === '{' ? `{{{${shorten(name)}}}}` : quote(type, name)}: values are always escaped, write ${quote('', name)}`;
	if (type === '>') return `holds ${quote(type, name)}: partials are not supported`;
	return type === '=' ? `holds ${quote(type, name)}: the delimiters cannot be changed` : undefined;
}

function nameProblem({ type, name }: TemplateTag, open: readonly TemplateTag[], place: TemplatePlace): string | undefined {
	const lists = open.filter((section) => section.type === '#' && kindOf(section.name, place) === 'list');
	const written = quote(type === 'name' ? '' : type, name);
	const inside = open.at(-1);
	if (name === '.')
		return type === 'name' && inside && kindOf(inside.name, place) === 'text' ? undefined : `holds ${written}, which has no value there`;
	if (lists.length > 0 && entryNames.includes(name)) return undefined;
	const kind = kindOf(name, place);
	if (kind === 'list') {
		if (type === 'name') return `holds ${written}, which is a list: write {{#${name}}}{{name}}: {{value}}{{/${name}}}`;
		return lists.length > 0 ? `holds ${written}, a list inside a list` : undefined;
	}
	if (kind) return undefined;
	const known = [...Object.keys(templateNames(place)), ...(lists.length > 0 ? entryNames : [])];
	const meant = didYouMean(name, known) ?? known.find((other) => other.toLowerCase().startsWith(`${name.toLowerCase()}.`)) ?? groupOf(name);
	return `holds ${written}, which is not known${meant ? `; did you mean {{${meant}}}?` : ''}`;
}

const groupOf = (name: string) => ['campaign', 'unknown'].find((group) => didYouMean(name.split('.')[0] ?? '', [group]))?.concat('.…');

const shorten = (name: string) => (name.length > 40 ? `${name.slice(0, 40).toWellFormed()}…` : name);
const quote = (sigil: string, name: string) => `{{${sigil === 'name' ? '' : sigil}${shorten(name)}}}`;
