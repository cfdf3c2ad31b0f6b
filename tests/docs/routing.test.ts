import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readRoutes } from '../../shared/rules/read-routes.ts';
import schema from '../../shared/rules/routes.schema.json' with { type: 'json' };

const text = readFileSync('docs/routing.md', 'utf8');
const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
const said = [...text.matchAll(/^\| `(\[.*?\])` \| (.*) \|$/gm)].map(([, written = '', problem = '']) => ({ written, problem }));

describe('docs/routing.md', () => {
	it('shows rules that are right', () => {
		expect(examples).toHaveLength(1);
		for (const example of examples) expect(readRoutes(example)).toMatchObject({ issues: [], warnings: [] });
	});

	it.each(said)('says of $written what is said', ({ written, problem }) => {
		expect(readRoutes(written).issues.map((issue) => issue.problem)).toContain(problem);
	});

	it('names every condition and every choice', () => {
		expect(said.length).toBeGreaterThan(3);
		const { when, choose } = schema.items.properties;
		for (const member of [...Object.keys(when.properties), ...Object.keys(choose.properties)]) expect(text).toContain(`\`${member}\``);
	});
});
