import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { packageFiles } from '../../../tools/package/package-files.ts';
import { toZip } from '../../../tools/package/to-zip.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { takenByFunc } from './taken-by-func.ts';

let files: Map<string, Uint8Array>;
beforeAll(async () => {
	files = await packageFiles();
});

const textOf = (path: string) => Buffer.from(files.get(path) ?? []).toString('utf8');

describe('what is deployed', () => {
	it('is the bundle, what the host reads, and the notices: no source, test, setting or secret', () => {
		const others = [...files.keys()].filter((path) => !/^dist\/main\/[\w-]+\.cjs$/.test(path));
		expect(others.sort()).toEqual(['dist/THIRD-PARTY-NOTICES.txt', 'dist/main.cjs', 'host.json', 'package.json']);
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
		for (const path of files.keys()) {
			expect(textOf(path).includes(process.cwd())).toBe(false);
			expect(textOf(path)).not.toMatch(/sourceMappingURL/);
		}
	});

	it('is less than 1.5 MB when zipped', () => {
		expect(toZip(files).length).toBeLessThan(1_500_000);
	});

	it('is the same, byte for byte, when it is packaged in another folder', () => {
		const other = tempFolder();
		try {
			const sources = readdirSync('.').filter((name) => /^(Lead\w+|shared|host|tools|[\w.]+\.(ts|json))$/.test(name));
			for (const name of sources) cpSync(name, join(other.path, name), { recursive: true });
			symlinkSync(join(process.cwd(), 'node_modules'), join(other.path, 'node_modules'), 'junction');
			execFileSync(process.execPath, [join(process.cwd(), 'dist/tools/package.mjs')], { cwd: other.path });
			expect(readFileSync(join(other.path, 'dist/app.zip')).equals(toZip(files))).toBe(true);
		} finally {
			other.remove();
		}
	});

	it('is what `func azure functionapp publish` takes from the root, by .funcignore', () => {
		const takes = takenByFunc(readFileSync('.funcignore', 'utf8'));
		// Whether `npm run package` has run here or not, and whatever else was built: what may lie in these is named below.
		const filled = ['.git', '.data', 'coverage', 'dist', 'node_modules'];
		const paths = (folder: string): string[] =>
			readdirSync(folder || '.', { withFileTypes: true }).flatMap((entry) => {
				const path = `${folder}${entry.name}`;
				if (filled.includes(path)) return [];
				return entry.isDirectory() ? paths(`${path}/`) : [path];
			});
		const decoys = [
			...[...files.keys()].flatMap((path) => [`dist/app/${path}`, `node_modules/left-pad/${path}`]),
			...[
				'dist/app.zip',
				'dist/sandbox/start.mjs',
				'dist/tools/leads.mjs',
				'dist/infra/example-0123.json',
				'.data/storage/0',
				'coverage/x',
			],
		];
		const taken = new Set([...paths(''), ...decoys, ...files.keys()].filter(takes));
		expect([...taken].sort()).toEqual([...files.keys()].sort());
	});
});

describe('takenByFunc', () => {
	it.each(['*\n!dist\ndist/*', 'dist/*\n*\n!dist'])('takes all that begins with what is taken, whatever the order: %j', (funcignore) => {
		expect(['dist/app.zip', 'dist/sandbox/start.mjs', 'distant', 'main.ts'].filter(takenByFunc(funcignore))).toEqual([
			'dist/app.zip',
			'dist/sandbox/start.mjs',
		]);
	});

	it('takes everything but what is ignored', () => {
		expect(['main.ts', 'tests/a.ts', 'tests'].filter(takenByFunc('# notes\n\n/tests\r\n'))).toEqual(['main.ts']);
	});
});
