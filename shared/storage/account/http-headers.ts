import type { HttpHeaders } from '@azure/core-rest-pipeline';

/** Header fields by their names in lower case, in the form that Azure's pipeline knows, without its code. */
export function toHttpHeaders(fields: Record<string, string | string[] | undefined>): HttpHeaders {
	const values = new Map<string, string>();
	const set = (name: string, value: string | number | boolean) => void values.set(name.toLowerCase(), String(value));
	for (const name in fields) {
		const value = fields[name];
		const first = Array.isArray(value) ? value[0] : value;
		if (first !== undefined) set(name, first);
	}
	return {
		get: (name) => values.get(name.toLowerCase()),
		has: (name) => values.has(name.toLowerCase()),
		set,
		delete: (name) => void values.delete(name.toLowerCase()),
		toJSON: () => Object.fromEntries(values),
		[Symbol.iterator]: () => values.entries(),
	};
}
