/** What stands for a template's tag while the HTML around it is read. */
export const mark = '\uE000';

/** Where in HTML a value is printed, which decides how it is escaped. */
export type HtmlPlace = 'text' | 'attribute' | 'link';

/** One mark in the HTML. */
export interface HtmlSpot {
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
export interface HtmlFault {
	kind: 'malformed' | 'stray' | 'unclosed';
	at: number;
}

/**
 * Where each mark of a piece of HTML is, in order. Only HTML that every reader takes the same way is read: attributes in quotes, each tag complete, what is
 * opened closed, the innermost first.
 */
export function htmlSpots(source: string): { spots: HtmlSpot[]; faults: HtmlFault[] } {
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
