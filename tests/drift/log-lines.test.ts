import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loggedEvents } from '../infra/logged-events.ts';

describe('docs/log-lines.md', () => {
	it('tells every event that is logged, and no other', () => {
		const told = [...readFileSync('docs/log-lines.md', 'utf8').matchAll(/^\| `([a-z]+\.[a-zA-Z]+)` \|/gm)].map(([, event]) => event);
		expect(told.sort()).toEqual([...loggedEvents().keys()].sort());
	});
});
