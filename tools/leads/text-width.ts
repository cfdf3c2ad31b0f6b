import { remember } from '../../shared/basics/remember.ts';

/** Two cells wide in terminals: CJK, its full-width forms, and emoji. Near enough for columns; terminals differ among themselves. */
const wide =
	/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const nothing = /^[\p{M}\p{Cf}]+$/u;
const graphemes = remember(() => new Intl.Segmenter('und', { granularity: 'grapheme' }));

const segments = (text: string): string[] => Array.from(graphemes().segment(text), ({ segment }) => segment);

const widthOf = (grapheme: string) => (nothing.test(grapheme) ? 0 : wide.test(grapheme) ? 2 : 1);

/** How many cells of a terminal a line takes. */
export const textWidth = (text: string): number => segments(text).reduce((sum, grapheme) => sum + widthOf(grapheme), 0);

/** At most so many cells, with an ellipsis for what is cut. */
export function cutToWidth(text: string, most: number): string {
	if (textWidth(text) <= most) return text;
	let kept = '';
	let width = 0;
	for (const grapheme of segments(text)) {
		width += widthOf(grapheme);
		if (width > most - 1) break;
		kept += grapheme;
	}
	return `${kept}…`;
}
