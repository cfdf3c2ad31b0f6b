import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folders = ['LeadIntake', 'LeadDelivery', 'LeadSweep', 'shared'];

/** Every event that the source logs: a string of the form `noun.pastTense` that stands where a line's event is given. */
function loggedEvents(): Set<string> {
	const events = new Set<string>();
	for (const folder of folders)
		for (const name of readdirSync(folder, { recursive: true }).map(String))
			if (name.endsWith('.ts') && !name.endsWith('log.ts'))
				for (const [, line = ''] of readFileSync(join(folder, name), 'utf8').matchAll(/event: ([^\n]*)/g))
					for (const [, event = ''] of line.matchAll(/'([a-z]+\.[a-zA-Z]+)'/g)) events.add(event);
	return events;
}

describe('docs/log-lines.md', () => {
	it('tells every event that is logged, and no other', () => {
		const told = [...readFileSync('docs/log-lines.md', 'utf8').matchAll(/^\| `([a-z]+\.[a-zA-Z]+)` \|/gm)].map(([, event]) => event);
		expect(told.sort()).toEqual([...loggedEvents()].sort());
	});
});
