import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { destinationKinds } from '../../shared/destinations/destination-kinds.ts';
import { readRoutes as readRoutesFor } from '../../shared/rules/read-routes.ts';

const readRoutes = (text: string) => readRoutesFor(text, destinationKinds);

const schema = JSON.parse(readFileSync('docs/lead-routes.schema.json', 'utf8'));
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
		const { when, choose } = schema.items.properties as Record<'when' | 'choose', { properties: object }>;
		for (const member of [...Object.keys(when.properties), ...Object.keys(choose.properties)]) expect(text).toContain(`\`${member}\``);
	});
});
