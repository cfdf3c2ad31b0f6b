import { unquote } from './unquote.ts';

/** The entries of a list separated by `;` or `,`, trimmed, without quotes around them and without blanks. */
export const toList = (text: string): string[] =>
	text
		.split(/[;,]/)
		.map((entry) => unquote(entry.trim()))
		.filter((entry) => entry !== '');
