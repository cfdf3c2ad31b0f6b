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

/** What stands for a template's tag while the HTML around it is read. */
const mark = '\uE000';

/** Where in HTML a value is printed, which decides how it is escaped. */
export type HtmlPlace = 'text' | 'attribute' | 'link';

/** One mark in the HTML. */
interface HtmlSpot {
	/** The same for spots between which something may be left out or repeated without moving anything else. */
	key: string;
	/** Absent where no value is safe; `where` then tells where that is. */
	place?: HtmlPlace;
	where: string;
}

/** Sticky: each is tried at the place that was reached. */
const pieces = {
	text: /[^<\uE000]+|<(?![a-zA-Z/!\uE000])/y,
	comment: /<!--[\s\S]*?-->|<![^>]*>/y,
	closing: /<\/([a-zA-Z][^\s<>\uE000]*)\s*>/y,
	opening: /<([a-zA-Z][^\s"'<>/=\uE000]*)/y,
	attribute: /\s+([^\s"'<>/=\uE000]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|[^\s"'=<>`\uE000]+))?/y,
	between: /\s*\uE000/y,
	end: /\s*\/?>/y,
};

const linkAttribute = /^(?:href|src|action|formaction|background|cite|poster|data|longdesc|xlink:href)$/;
const unsafeAttribute = /^(?:on.*|style|srcdoc|srcset)$/;
const unsafeScheme = /^\s*(?:javascript|vbscript|data):/i;
/** Their content is not HTML. */
const rawElement = /^(?:script|style|title|textarea|iframe|noscript|noembed|noframes|xmp|plaintext)$/;

const voidElement = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

/** A tag that not every reader takes the same way, and where it is in the HTML. Behind one that is `malformed` or `stray` nothing is read. */
interface HtmlFault {
	kind: 'malformed' | 'stray' | 'unclosed';
	at: number;
}

/**
 * Where each mark of a piece of HTML is, in order. Only HTML that every reader takes the same way is read: attributes in quotes, each tag complete, what is
 * opened closed, the innermost first.
 */
function htmlSpots(source: string): { spots: HtmlSpot[]; faults: HtmlFault[] } {
	const spots: HtmlSpot[] = [];
	const open: { element: string; at: number }[] = [];
	let at = 0;
	const read = (pattern: RegExp) => {
		pattern.lastIndex = at;
		const match = pattern.exec(source);
		if (match) at = pattern.lastIndex;
		return match;
	};
	const put = (text: string, spot: HtmlSpot) => {
		for (const character of text) if (character === mark) spots.push(spot);
	};
	const readAttributes = () => {
		const key = `tag ${at}`;
		for (;;) {
			const attribute = read(pieces.attribute);
			if (attribute) put(attribute[2] ?? attribute[3] ?? '', toAttributeSpot(attribute, at));
			else if (read(pieces.between)) spots.push({ key, where: 'inside an HTML tag' });
			else return read(pieces.end) !== null;
		}
	};
	const readRaw = (element: string) => {
		const from = at;
		const length = source.slice(from).search(new RegExp(`</${element}`, 'i'));
		at = length < 0 ? source.length : from + length;
		put(source.slice(from, at), { key: `raw ${from}`, where: `inside <${element}>` });
	};

	while (at < source.length) {
		const start = at;
		if (read(pieces.text)) continue;
		const closed = read(pieces.closing)?.[1]?.toLowerCase();
		const comment = read(pieces.comment);
		if (closed) {
			if (open.pop()?.element !== closed) return { spots, faults: [{ kind: 'stray', at: start }] };
		} else if (comment) put(comment[0], { key: `comment ${start}`, where: 'in an HTML comment' });
		else if (source.startsWith(mark, at)) {
			spots.push({ key: `text ${open.at(-1)?.at}`, place: 'text', where: '' });
			at++;
		} else {
			const element = read(pieces.opening)?.[1]?.toLowerCase();
			if (!element || !readAttributes()) return { spots, faults: [{ kind: 'malformed', at: start }] };
			if (!voidElement.test(element)) open.push({ element, at: start });
			if (rawElement.test(element)) readRaw(element);
		}
	}
	return { spots, faults: open.map((tag) => ({ kind: 'unclosed', at: tag.at })) };
}

function toAttributeSpot([, name = '', double, single]: RegExpExecArray, at: number): HtmlSpot {
	const attribute = name.toLowerCase();
	const spot = { key: `attribute ${at}`, where: `in the attribute ${attribute}` };
	if (unsafeAttribute.test(attribute) || unsafeScheme.test(double ?? single ?? '')) return spot;
	return { ...spot, place: linkAttribute.test(attribute) ? 'link' : 'attribute' };
}
