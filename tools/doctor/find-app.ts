import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appSettings } from '../../sandbox/start/app-settings.ts';
import { readLocalSettings } from '../../sandbox/start/read-local-settings.ts';
import type { ReadyFile } from '../../sandbox/start/ready-file.ts';
import { isAlive } from '../../sandbox/storage/take-folder.ts';
import type { Environment } from '../../shared/basics/environment.ts';

/** The app that is looked at from this machine. */
export interface App {
	/** Its settings: environment over local.settings.json, over the sandbox's when `npm start` runs. */
	environment: Environment;
	/** In words, where they come from. */
	where: string;
	/** With its key. */
	intakeUrl?: string;
	sandboxUrl?: string;
}

/** Finds the settings, and the app that `npm start` runs, if it does. Throws a `StartFailure` when local.settings.json cannot be read. */
export function findApp({ settings, data }: { settings: string; data: string }, environment: Environment): App {
	const named = { ...readLocalSettings(settings), ...environment };
	const from = existsSync(settings) ? `the environment and ${settings}` : `the environment (${settings} is not there)`;
	const file = join(data, 'ready.json');
	const ready = readReady(file);
	if (!ready) return { environment: named, where: `Settings: ${from}. npm start does not run here.` };
	const { intakeUrl, sandboxUrl, storage } = ready;
	return {
		environment: appSettings(named, { url: sandboxUrl, connectionString: storage || undefined }),
		where: `The app that npm start runs (${file}), with its storage. Settings: ${from}, over those of the sandbox.`,
		intakeUrl,
		sandboxUrl,
	};
}

/** Undefined when there is none, or one left by a start that was killed. */
function readReady(file: string): ReadyFile | undefined {
	if (!existsSync(file)) return undefined;
	try {
		const ready = JSON.parse(readFileSync(file, 'utf8')) as ReadyFile;
		return isAlive(ready.workerPid) ? ready : undefined;
	} catch (error) {
		if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
