import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { productBundle } from '../../tools/product-bundle.js';

/** A build to be measured: a checkout, or what was packaged from one. It is driven by its `main`, its `host.json` and HTTP alone. */
export interface Build {
	name: 'here' | 'beside';
	folder: string;
	/** Of the code that is loaded when it starts, bundled by this checkout's options; undefined where there is no source. */
	bytesAtStart: number | undefined;
}

const run = promisify(execFile);

/** Builds a checkout, whose packages are installed before when they are missing; a package is taken as it is. Throws, in words for a person, when it is neither. */
export async function prepareBuild(name: Build['name'], path: string, report: (line: string) => void): Promise<Build> {
	const folder = resolve(path);
	if (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'host.json')))
		throw new Error(
			`${path} is no checkout of this app: package.json or host.json is missing. Make one with: git worktree add ${path} COMMIT`,
		);
	if (existsSync(join(folder, 'tools/build.js')) && folder !== process.cwd()) {
		if (!existsSync(join(folder, 'node_modules'))) {
			report(`installing the packages of ${path}`);
			await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
		}
		report(`building ${path}`);
		await run(process.execPath, ['tools/build.js', '--quiet'], { cwd: folder });
	}
	const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: string };
	if (!main || !existsSync(join(folder, main))) throw new Error(`${path} has no ${main ?? '"main" in its package.json'}: build it first.`);
	return { name, folder, bytesAtStart: await bytesAtStart(folder) };
}

/** Of the files that are read without an `import()`. */
async function bytesAtStart(folder: string): Promise<number | undefined> {
	if (!existsSync(join(folder, 'main.ts'))) return undefined;
	const { outputs } = (await build({ ...productBundle, absWorkingDir: folder })).metafile;
	const seen = new Set<string>();
	const visit = (path: string): void => {
		if (seen.has(path)) return;
		seen.add(path);
		for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement' && outputs[next]) visit(next);
	};
	visit('dist/main.cjs');
	return [...seen].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
