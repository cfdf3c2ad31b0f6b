/** A tag of a template, as it is written. */
export interface TemplateTag {
	/** `name` prints a value; `#` and `^` open a section, `/` closes it; `!` is a comment; the rest are refused. */
	type: 'name' | (typeof sigils)[number];
	name: string;
	/** Where it is in the template; `end` is behind its last brace. */
	start: number;
	end: number;
}

const sigils = ['#', '^', '/', '!', '&', '{', '>', '='] as const;

/**
 * The tags of a template, in order, as mustache reads them; `unclosed` is where a tag begins that never ends. Read by our own few lines and not by
 * mustache, because settings are checked when the intake starts, and the intake loads no template engine. Behind a `{`, `>`, `&` or `=` the two may
 * differ: such templates are refused.
 */
export function templateTags(template: string): { tags: TemplateTag[]; unclosed?: number } {
	const tags: TemplateTag[] = [];
	for (let start = template.indexOf('{{'); start >= 0; start = template.indexOf('{{', tags.at(-1)?.end)) {
		const inside = afterBlanks(template, start + 2);
		const type = sigils.find((sigil) => template.startsWith(sigil, inside));
		const from = inside + (type ? 1 : 0);
		const close = template.indexOf('}}', from);
		if (close < 0) return { tags, unclosed: start };
		const end = close + (type === '{' && template[close + 2] === '}' ? 3 : 2);
		tags.push({ type: type ?? 'name', name: template.slice(from, close).trim(), start, end });
	}
	return { tags };
}

function afterBlanks(template: string, from: number): number {
	const blanks = /\s*/y;
	blanks.lastIndex = from;
	blanks.exec(template);
	return blanks.lastIndex;
}
