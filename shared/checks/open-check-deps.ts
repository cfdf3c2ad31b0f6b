import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../basics/environment.ts';
import { remember } from '../basics/remember.ts';
import { journalTable } from '../journal/table/table-journal.ts';
import { canonicalNames } from '../settings/catalogue.ts';
import { storageOf } from '../settings/settings.ts';
import { openTable } from '../storage/open-storage.ts';
import { getTokenFrom, openCredential } from '../tokens/open-credential.ts';
import type { CheckDeps } from './check.ts';

/** What of the app's services checks use. */
type CheckedServices = Pick<CheckDeps, 'settings' | 'clock' | 'deadline' | 'journal' | 'queue'>;

/** What checks depend on, as the app itself does. Nothing is opened before it is asked for. */
export function openCheckDeps(named: Environment, services: CheckedServices): CheckDeps {
	const environment = canonicalNames(named);
	const { settings, clock, deadline, journal, queue } = services;
	return {
		environment,
		settings,
		clock,
		deadline,
		journal,
		queue,
		fetch,
		tokensOf: remember((clientId) => getTokenFrom(openCredential(clientId, environment as NodeJS.ProcessEnv))),
		table: async () => openTable(storageOf(settings), journalTable),
		// Where the host found it; on one's own machine the folder of the app.
		hostFile: () => readFileSync(join(environment.AzureWebJobsScriptRoot ?? process.cwd(), 'host.json'), 'utf8'),
		nodeVersion: process.versions.node,
	};
}
