import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders whose code runs in Azure: one per function, and what they share. */
const product = [...readdirSync('.').filter((name) => /^Lead[A-Z]/.test(name)), 'shared'];

/** The events that the product logs, each with the members that its lines carry, as the source says it. */
export function loggedEvents(): Map<string, Set<string>> {
	const events = new Map<string, Set<string>>();
	for (const folder of product)
		for (const name of readdirSync(folder, { recursive: true }).map(String))
			if (name.endsWith('.ts'))
				for (const line of logLines(readFileSync(join(folder, name), 'utf8'))) {
					const members = [...line.matchAll(/(?<![.\w$])([a-z]\w*)(?=\s*[,:}])/g)].map(([, member = '']) => member);
					for (const [, event = ''] of line.matchAll(/'([a-z]+\.[a-zA-Z]+)'/g))
						events.set(event, new Set([...(events.get(event) ?? []), ...members]));
				}
	return events;
}

/** The object literals that start with an event. */
function* logLines(source: string): Generator<string> {
	for (const { index } of source.matchAll(/\{\s*event: /g)) {
		let depth = 0;
		for (let end = index; end < source.length; end++) {
			if (source[end] === '{') depth++;
			if (source[end] === '}' && --depth === 0) {
				yield source.slice(index, end + 1);
				break;
			}
		}
	}
}
