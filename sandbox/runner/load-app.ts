import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type App, runHooks } from './app.ts';

/**
 * Loads what `main` in the folder's package.json names, then runs the app's start hooks. The Functions host takes a pattern there; this takes one path.
 * Throws, in words for a person, when the app cannot be loaded; nothing that it registered by then counts.
 */
export async function loadApp(app: App, folder: string): Promise<void> {
	const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: string };
	if (!main) throw new Error('package.json has no "main"');
	const path = resolve(folder, main);
	try {
		if (!existsSync(path)) throw new Error('there is no such file');
		// `require` spares a bundle the parsing that `import` does to find its exports.
		if (path.endsWith('.cjs')) createRequire(path)(path);
		else await import(pathToFileURL(path).href);
		await runHooks(app, 'appStart', { hookData: {}, appHookData: app.hookData, functionAppDirectory: folder });
	} catch (error) {
		app.functions.clear();
		throw new Error(`Unable to load entry point "${main}": ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	}
}
