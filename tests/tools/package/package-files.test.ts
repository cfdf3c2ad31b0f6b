import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ignore from 'ignore';
import { packageFiles } from '../../../tools/package/package-files.ts';
import { toZip } from '../../../tools/package/to-zip.ts';

let files: Map<string, Uint8Array>;
beforeAll(async () => {
	files = await packageFiles();
});

const textOf = (path: string) => Buffer.from(files.get(path) ?? []).toString('utf8');

describe('what is deployed', () => {
	it('is the bundle, what the host reads, and the notices: no source, test, setting or secret', () => {
		expect([...files.keys()].sort()).toEqual(['dist/THIRD-PARTY-NOTICES.txt', 'dist/main.cjs', 'host.json', 'package.json']);
	});

	it('starts at the bundle, and has no dependency to install and no script to run', () => {
		expect(JSON.parse(textOf('package.json'))).toEqual({
			name: 'marketplace-lead-intake',
			version: expect.stringMatching(/^\d+\.\d+\.\d+/),
			license: 'MIT',
			private: true,
			main: 'dist/main.cjs',
		});
	});

	it('holds no path of the machine that made it, and no map back to the source', () => {
		expect(textOf('dist/main.cjs').includes(process.cwd())).toBe(false);
		expect(textOf('dist/main.cjs')).not.toMatch(/sourceMappingURL/);
	});

	it('is less than 1.5 MB when zipped', () => {
		expect(toZip(files).length).toBeLessThan(1_500_000);
	});

	it('is what `func azure functionapp publish` takes from the root, by .funcignore', async () => {
		const patterns = ignore().add(await readFile('.funcignore', 'utf8'));
		const built = new Set(files.keys());
		const walk = (folder: string): string[] =>
			readdirSync(folder || '.', { withFileTypes: true }).flatMap((entry) => {
				const path = join(folder, entry.name).replaceAll('\\', '/');
				if (patterns.ignores(entry.isDirectory() ? `${path}/` : path)) return [];
				return entry.isDirectory() ? walk(path) : [path];
			});
		// Whether `npm run package` has run here or not: what it writes counts as there.
		const taken = new Set([...walk(''), ...[...built].filter((path) => path.startsWith('dist/') && !patterns.ignores(path))]);
		expect([...taken].sort()).toEqual([...built].sort());
	});
});
