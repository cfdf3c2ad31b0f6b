import type { NamedValue } from './lead.ts';

/** A listing's parameter in one line: `mktcmpid=spring`. */
export const toParameterLine = ({ name, value }: NamedValue): string => `${name}=${value}`;

/** Parameters as a summary has them, a line each. A name with `=` in it, or a value of several lines, is not read as it was: then the summary is not whole. */
export const fromParameterLines = (lines: string): NamedValue[] =>
	lines.split('\n').map((line) => {
		const end = line.indexOf('=');
		return { name: line.slice(0, end), value: line.slice(end + 1) };
	});
