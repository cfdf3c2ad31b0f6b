import { remember } from '../basics/remember.ts';

const lineBreak = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Controls, bidi controls (they can reverse what a reader sees), tag characters, and what is copied along unseen: BOM, zero-width space, soft hyphen. */
const invisible = /[\p{Bidi_Control}\p{Noncharacter_Code_Point}\u{E0000}-\u{E007F}\u00AD\u200B\u2060\uFEFF]|(?![\n\t])\p{Cc}/gu;
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;
/** NFC sorts each run of combining marks in quadratic time: 16,000 of them would take 200 ms. Unicode's own stream-safe limit is 30. */
const longRunOfMarks = /\p{M}{31}/u;
/** Most values: nothing to do, in a tenth of the time. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;
/** UTF-16 units around a cut that are looked at: in a long text of strange characters, looking for the border from its beginning takes milliseconds. */
const longestGrapheme = 100;
const graphemes = remember(() => new Intl.Segmenter('und', { granularity: 'grapheme' })); // costs 20 ms, once

/** Text as people read it: `\n` for every line break, nothing that cannot be seen, well-formed, NFC, trimmed; `''` when nothing visible is left. */
export function clean(text: string): string {
	if (plain.test(text)) return text;
	const seen = text.replace(lineBreak, '\n').toWellFormed().replace(invisible, '');
	const normal = longRunOfMarks.test(seen) ? seen : seen.normalize('NFC');
	return visible.test(normal) ? normal.trim() : '';
}

/** `clean`, and every run of white space is one space. */
export function oneLine(text: string): string {
	return clean(text).replace(/\s+/g, ' ');
}

/** At most `max` UTF-16 units, cut between graphemes; a grapheme longer than `max` is cut between code points. */
export function cut(text: string, max: number): string {
	if (text.length <= max) return text;
	const from = Math.max(0, max - longestGrapheme);
	const begin = graphemes()
		.segment(text.slice(from, max + longestGrapheme))
		.containing(max - from)?.index;
	return text.slice(0, begin ? from + begin : max).replace(/[\uD800-\uDBFF]$/, '');
}

/** Text as patterns and values are compared: without regard to case and blanks. */
export const fold = (text: string): string => oneLine(text).toLowerCase();

/** The largest whole number from `low` to `high` for which `fits` holds, given that it then holds for all below; `low` when it holds for none. */
export function largestThatFits(low: number, high: number, fits: (value: number) => boolean): number {
	let [least, most] = [low, high];
	while (least < most) {
		const middle = Math.ceil((least + most) / 2);
		if (fits(middle)) least = middle;
		else most = middle - 1;
	}
	return least;
}
