import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Figure } from '../../bench/figure.ts';
import { tempFolder } from '../support/temp-folder.ts';

const run = promisify(execFile);
const bench = (...args: string[]) => run(process.execPath, ['dist/tools/bench.mjs', ...args], { timeout: 120_000 });

/** Times say nothing here: a busy machine is no failure. */
describe('npm run bench -- --beside', () => {
	const folder = tempFolder();
	beforeAll(() => {
		// As it is deployed: nothing but the bundle and what the host reads.
		cpSync('host.json', join(folder.path, 'host.json'));
		cpSync('dist/main.cjs', join(folder.path, 'dist/main.cjs'));
		cpSync('dist/main', join(folder.path, 'dist/main'), { recursive: true });
		writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ main: 'dist/main.cjs' }));
	});
	afterAll(() => folder.remove());

	it('measures this build and another, which it drives by HTTP alone, and finds them to be the same', async () => {
		const { stdout, stderr } = await bench('--quick', '--json', '--beside', folder.path);
		const { figures, machine } = JSON.parse(stdout) as { figures: Figure[]; machine: { loadBefore: number[] } };
		expect(figures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
		const of = (part: string) =>
			Object.fromEntries(figures.filter((figure) => figure.part === part).map(({ what, value }) => [what, value]));
		const [here, ratios] = [of('here'), of('to beside')];
		const { 'code loaded at start': bytes, ...driven } = here;
		// A package has no source.
		expect(bytes).toBeGreaterThan(100_000);
		expect(Object.keys(driven)).toHaveLength(20);
		expect(Object.keys(ratios)).toEqual(Object.keys(driven));
		expect(here['storage operations, a lone lead']).toBe(8);
		expect(ratios['storage operations, a lone lead']).toBe(1);
		expect(machine.loadBefore).toHaveLength(3);
		expect(stderr).toContain('load average before the start');
	}, 150_000);

	it.each([
		['a folder that is none', 1, ['--beside', 'no-such-folder'], 'git worktree add no-such-folder COMMIT'],
		['a folder that was never built', 1, ['--beside', 'unbuilt'], 'unbuilt has no dist/main.cjs: build it first.'],
		['a part that is none, which is wrong usage', 2, ['--only', 'speed'], '--only: speed is not a part; the parts are operations, mapping'],
	])('says what to do with %s', async (_, code, args, words) => {
		const unbuilt = join(folder.path, 'unbuilt');
		mkdirSync(unbuilt, { recursive: true });
		for (const name of ['host.json', 'package.json']) cpSync(join(folder.path, name), join(unbuilt, name));
		const named = args.map((arg) => (arg === 'unbuilt' ? unbuilt : arg));
		await expect(bench('--quick', ...named)).rejects.toMatchObject({ code, stderr: expect.stringContaining(words) });
	});
});
