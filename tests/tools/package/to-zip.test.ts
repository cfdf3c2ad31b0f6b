import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { toZip } from '../../../tools/package/to-zip.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const two = new Map([
	['b.txt', Buffer.from('b')],
	['a/b.txt', Buffer.from('a'.repeat(1000))],
]);

describe('toZip', () => {
	it('gives back what was put in', () => {
		const entries = unzipSync(toZip(two));
		expect(Object.fromEntries(Object.entries(entries).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))).toEqual({
			'a/b.txt': 'a'.repeat(1000),
			'b.txt': 'b',
		});
	});

	it('gives the same bytes in any order', () => {
		expect(Buffer.from(toZip(new Map([...two].reverse()))).equals(toZip(two))).toBe(true);
	});

	it('gives the same bytes in every time zone', async () => {
		const folder = tempFolder();
		try {
			const entry = 'tools/package/to-zip.ts';
			await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile: join(folder.path, 'to-zip.cjs') });
			const run = "const { toZip } = require('./to-zip.cjs'); process.stdout.write(toZip(new Map([['a', Buffer.from('a')]])))";
			writeFileSync(join(folder.path, 'run.cjs'), run);
			const zipIn = (TZ: string) => execFileSync(process.execPath, ['run.cjs'], { cwd: folder.path, env: { TZ, PATH: process.env.PATH } });
			const zips = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((zone) => zipIn(zone).toString('hex'));
			expect(new Set(zips).size).toBe(1);
		} finally {
			folder.remove();
		}
	});
});
