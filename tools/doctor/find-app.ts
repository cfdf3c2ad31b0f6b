import { existsSync } from 'node:fs';
import { appSettings } from '../../sandbox/start/app-settings.ts';
import { findStart, type StartPlace } from '../../sandbox/start/find-start.ts';
import { readLocalSettings } from '../../sandbox/start/read-local-settings.ts';
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
export function findApp({ settings, ...place }: { settings: string } & StartPlace, environment: Environment): App {
	const named = { ...readLocalSettings(settings), ...environment };
	const from = existsSync(settings) ? `the environment and ${settings}` : `the environment (${settings} is not there)`;
	const found = findStart(place);
	if ('why' in found) return { environment: named, where: `Settings: ${from}. ${found.why}` };
	const { file, ready } = found;
	const { intakeUrl, sandboxUrl, storage } = ready;
	return {
		environment: appSettings(named, { url: sandboxUrl, connectionString: storage || undefined }),
		where: `The app that npm start runs (${file}), with its storage. Settings: ${from}, over those of the sandbox.`,
		intakeUrl,
		sandboxUrl,
	};
}
