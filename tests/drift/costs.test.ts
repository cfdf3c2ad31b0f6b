import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const deploy = readFileSync('docs/deploy.md', 'utf8');
const cost = readFileSync('docs/cost.md', 'utf8');

/** The numbers that a pattern catches; without one the sentence is gone, and the test with it. */
function numbers(text: string, pattern: RegExp): number[] {
	const [, ...found] = pattern.exec(text) ?? [];
	expect(found.length).toBeGreaterThan(0);
	return found.map(Number);
}

describe('what it costs', () => {
	it('counts the alert rules that there are', () => {
		const keys = [...readFileSync('infra/modules/alerts.bicep', 'utf8').matchAll(/^ {4}key: '(\w+)'/gm)].map(([, key]) => key);
		const on = keys.filter((key) => key !== 'quiet').length;
		expect(numbers(deploy, /Alert rules \((\d+); with `quiet` (\d+)\) \| [\d.]+ each: \*\*([\d.]+)\*\*/)).toEqual([
			on,
			keys.length,
			on * 0.5,
		]);
		expect(numbers(cost, /\*\*alert rules, \$\*\* \| (\d+) × \$0\.50, without `quiet` \| ([\d.]+) /)).toEqual([on, on * 0.5]);
	});

	it.each([
		['1,000', 3],
		['100,000', 4],
	])('adds up for %s leads', (_, column) => {
		const rows = [...cost.matchAll(/^\| \*\*(.*), \$\*\* .*$/gm)].map(([row, what]) => ({
			what,
			cell: row.split('|')[column]?.trim() ?? '',
		}));
		const sum = rows.filter(({ what }) => what !== 'together').reduce((total, { cell }) => total + Number.parseFloat(cell), 0);
		expect(rows.find(({ what }) => what === 'together')?.cell).toBe(`**${Math.round(sum)}**`);
	});

	it('is the same in deploy.md as in cost.md: at rest, and for a sweep', () => {
		expect(numbers(deploy, /About (\d+) USD a month at rest/)).toEqual(numbers(cost, /\*\*together, \$\*\* \| \| \*\*(\d+)\*\*/));
		expect(numbers(deploy, /8,640 × (\d+) s × (\d+) GB/)).toEqual(numbers(cost, /8,640\) × (\d+) s × (\d+) GB/));
	});
});
