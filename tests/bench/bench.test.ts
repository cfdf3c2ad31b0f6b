import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Figure } from '../../bench/figure.ts';

/** Times say nothing here: a busy machine is no failure. What is counted is the same on every machine. */
describe('npm run bench -- --quick', () => {
	it('measures every part, and finds a lead to cost 7 storage operations at most, and one more for a second destination', async () => {
		const { stdout } = await promisify(execFile)(process.execPath, ['dist/tools/bench.mjs', '--quick', '--json'], { timeout: 120_000 });
		const { figures } = JSON.parse(stdout) as { figures: (Figure & { reached?: boolean })[] };
		const parts = [...new Set(figures.map(({ part }) => part))];
		expect(parts).toEqual(['operations', 'mapping', 'intake', 'lone', 'throughput', 'worker', 'growth', 'board']);
		expect(figures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
		const counted = Object.fromEntries(figures.map(({ what, value }) => [what, value]));
		for (const [what, most] of [
			['storage operations a lead, 1 destination', 7],
			['storage operations a lead, 2 destinations', 8],
		] as const) {
			// Less where the outcome of one lead and the acceptance of the next have met, and went as one.
			expect(counted[what]).toBeLessThanOrEqual(most);
			expect(counted[what]).toBeGreaterThan(most - 1);
		}
		expect(counted).toMatchObject({
			'storage operations to accept and claim, 300 stored to 60': 1,
			'rows read for a page of 50, 300 stored to 60': 1,
			'rows read for a sweep, 300 stored to 60': 1,
			'storage operations of a sweep, 300 stored to 60': 1,
		});
		// What a page of the board asks of storage, whatever is stored up to 1,000 leads; each 1,000 that a filter looks at are two more.
		for (const [page, most] of [
			['Today', 11],
			['Leads', 3],
			['Leads of an offer that few have', 3],
			['Leads of a country that none is from', 3],
			['Leads that wait', 5],
			['search for an address', 2],
			['search for a word that few have', 2],
			['Charts', 5],
		] as const)
			expect([page, (counted[`storage operations, ${page}`] ?? Number.NaN) <= most]).toEqual([page, true]);
		expect(counted['scripts and styles of the pages, gzip']).toBeLessThanOrEqual(60);
	}, 150_000);
});
