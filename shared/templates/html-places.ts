import { type HtmlFault, type HtmlPlace, htmlSpots, mark } from './html-spots.ts';
import type { TemplateTag } from './template-tags.ts';

/**
 * Where in its HTML each value of a template is printed, by the tag's start. A section must end where it begins (both in the text of
 * one element, or both in one attribute), so that leaving it out or repeating it moves nothing else. Sentences go on from "the template".
 */
export function htmlPlaces(template: string, tags: readonly TemplateTag[]): { places: Map<number, HtmlPlace>; problems: string[] } {
	const { spots, faults } = htmlSpots(markTags(template, tags));
	const places = new Map<number, HtmlPlace>();
	const problems: string[] = [];
	const opened: string[] = [];
	const said = tags.filter(({ type }) => type !== '!');
	for (const [index, { key, place, where }] of spots.entries()) {
		const { type, name, start } = said[index] as TemplateTag;
		if (type === '#' || type === '^') opened.push(key);
		else if (type === '/') {
			if (opened.pop() !== key) problems.push(`ends the section {{/${name}}} in another place of the HTML than it begins`);
		} else if (place) places.set(start, place);
		else problems.push(`holds {{${name}}} ${where}, where no value is safe`);
	}
	for (const { kind, at } of faults) problems.push(sentences[kind](placeInTemplate(at, tags) + 1));
	return { places, problems };
}

/** The template's HTML with one mark for each tag, and without comments of the template. */
function markTags(template: string, tags: readonly TemplateTag[]): string {
	const ends = [0, ...tags.map(({ end }) => end)];
	const texts = ends.map((end, index) => template.slice(end, tags[index]?.start).replaceAll(mark, ' '));
	return texts.map((text, index) => text + (tags[index] && tags[index].type !== '!' ? mark : '')).join('');
}

/** Where a place of the marked HTML is in the template. */
function placeInTemplate(at: number, tags: readonly TemplateTag[]): number {
	return tags.reduce(
		(place, { type, start, end }) => (start <= place ? place + end - start - (type === '!' ? 0 : mark.length) : place),
		at,
	);
}

/** The publisher's own HTML is not quoted: it is the value of a setting. */
const sentences: Record<HtmlFault['kind'], (character: number) => string> = {
	malformed: (character) => `holds an HTML tag that is not well-formed at character ${character}`,
	stray: (character) => `closes an HTML tag at character ${character} that is not the last one opened`,
	unclosed: (character) => `opens an HTML tag at character ${character} and does not close it`,
};
