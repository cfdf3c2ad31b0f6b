import { createHash } from 'node:crypto';
import { boardScript } from './script.ts';
import { boardStyle } from './style.ts';

/** A file of the pages, under a name that changes with what is in it: a browser may keep it for ever. */
const file = (name: string, ending: string, type: string, text: string) => {
	const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
	return { path: `/board/files/${name}-${hash}.${ending}`, type: `${type}; charset=utf-8`, text };
};

export const files = {
	style: file('board', 'css', 'text/css', boardStyle),
	// A function of ours as text: it is checked as the code that it is, and needs no bundle of its own.
	script: file('board', 'js', 'text/javascript', `(${boardScript})();`),
};
