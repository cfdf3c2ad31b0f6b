import type { Refusal } from '../refusal.ts';

type Filter = { ok: true; matches: (row: Record<string, unknown>) => boolean } | { ok: false; refusal: Refusal };

/** Not inside a quoted text. */
const conjunction = /\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)/;
const condition = /^\s*(\w+)\s+eq\s+('(?:[^']|'')*'|[\w.:-]+)\s*$/;

/** `$filter`, of which the sandbox knows `<column> eq <value>`, joined by `and`. */
export function filterLeads(filter: string | undefined): Filter {
	const conditions = filter ? filter.split(conjunction).map((part) => condition.exec(part)) : [];
	if (conditions.some((match) => match === null)) {
		const message = 'The sandbox understands a $filter of the form "column eq value", joined by "and".';
		return { ok: false, refusal: { status: 400, code: '0x80060888', message } };
	}
	const wanted = conditions.map((match) => [match?.[1] ?? '', literal(match?.[2] ?? '')] as const);
	return { ok: true, matches: (row) => wanted.every(([name, value]) => same(row[name] ?? null, value)) };
}

function literal(text: string): unknown {
	if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
	return /^(?:null|true|false|-?\d+(?:\.\d+)?)$/.test(text) ? JSON.parse(text) : text;
}

/** Text is compared without regard to case, as the database does. */
const same = (one: unknown, other: unknown) =>
	typeof one === 'string' && typeof other === 'string' ? one.toLowerCase() === other.toLowerCase() : one === other;
