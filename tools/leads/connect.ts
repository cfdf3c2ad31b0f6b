import { defaultRetryPolicy } from '@azure/core-rest-pipeline';
import { findStart, type StartPlace } from '../../sandbox/start/find-start.ts';
import { StartFailure } from '../../sandbox/start/start-failure.ts';
import type { Environment } from '../../shared/basics/environment.ts';
import { namesOf, recordUrlOf } from '../../shared/delivery/destination-kind.ts';
import { destinationKinds } from '../../shared/destinations/destination-kinds.ts';
import { createTableJournal, journalTable } from '../../shared/journal/table/table-journal.ts';
import { bellQueue } from '../../shared/queues/bell.ts';
import { ringOn } from '../../shared/queues/ring-on.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { readStorageSettings } from '../../shared/settings/read-storage-settings.ts';
import { openLine } from '../../shared/storage/account/storage-line.ts';
import { openQueue, openTable } from '../../shared/storage/open-storage.ts';
import { openStorageQueue } from '../../shared/storage/queues/storage-queue.ts';
import { openStorageTable } from '../../shared/storage/tables/storage-table.ts';
import { findApp } from '../doctor/find-app.ts';
import type { LeadsToolDeps } from './leads-tool-deps.ts';

/** Where the journal is, as the command line says it. */
export interface Place extends StartPlace {
	account?: string | undefined;
	connectionString?: string | undefined;
}

export type Connection = Pick<LeadsToolDeps, 'journal' | 'bell' | 'queue' | 'where' | 'recordUrl'>;

/**
 * The journal of a storage account in Azure (as whoever is signed in), of a connection string, of `AzureWebJobsStorage` in the environment, or the one
 * that `npm start` keeps on this machine; the first that is said. A sentence when there is none.
 */
export async function connect({ account, connectionString, ...start }: Place, environment: Environment): Promise<Connection | string> {
	if (account) return { ...(await connectToAccount(account)), recordUrl: recordUrls(() => environment) };
	const said = readStorageSettings(connectionString ? { AzureWebJobsStorage: connectionString } : environment);
	const found = said ? undefined : findStart(start);
	const ready = found && 'ready' in found ? found.ready : undefined;
	const storage = said ?? (ready?.storage ? { connectionString: ready.storage } : undefined);
	if (!storage)
		return `Which journal? Start the app on this machine (npm start), or name one: --account NAME, AzureWebJobsStorage in the environment, or --connection-string - and a connection string on standard input. (${found && 'why' in found ? found.why : 'The app that runs here uses storage in Azure.'})`;
	const place = 'connectionString' in storage ? placeOf(storage.connectionString) : storage.tableServiceUri;
	return {
		where: `the journal of ${place}`,
		recordUrl: recordUrls(() => (ready ? findApp({ settings: 'local.settings.json', ...start }, environment).environment : environment)),
		journal: async () => createTableJournal(await openTable(storage, journalTable), destinations),
		bell: async () => ringOn(await openQueue(storage, bellQueue)),
		queue: (name) => openQueue(storage, name),
	};
}

const destinations = namesOf(destinationKinds);

/** Links to records, by what is set here: an app elsewhere may have other settings. Where they cannot be read there is no link, and all else works. */
const recordUrls =
	(read: () => Environment): NonNullable<Connection['recordUrl']> =>
	(leadId, delivered) => {
		try {
			return recordUrlOf(readSettings(read()), leadId, delivered);
		} catch (error) {
			if (error instanceof StartFailure) return undefined;
			throw error;
		}
	};

async function connectToAccount(account: string): Promise<Connection> {
	// Loaded here only: it costs a quarter of a second.
	const { DefaultAzureCredential } = await import('@azure/identity');
	const identity = new DefaultAzureCredential();
	// Some patience with a distant account: a call that fails is tried again.
	const policy = defaultRetryPolicy({ maxRetries: 3 });
	const lineTo = (service: 'table' | 'queue') =>
		openLine({ url: `https://${account}.${service}.core.windows.net`, identity }, service, { policy });
	const queue = async (name: string) => openStorageQueue(lineTo('queue'), name);
	return {
		where: `the journal of the account ${account}`,
		journal: async () => createTableJournal(openStorageTable(lineTo('table'), journalTable), destinations),
		bell: async () => ringOn(await queue(bellQueue)),
		queue,
	};
}

/** The account and its address, never its key. */
function placeOf(connectionString: string): string {
	const part = (name: string) => new RegExp(`(?:^|;)\\s*${name}=([^;]+)`, 'i').exec(connectionString)?.[1];
	const endpoint = part('TableEndpoint');
	if (endpoint && URL.canParse(endpoint)) return new URL(endpoint).host;
	return part('AccountName') ?? 'this machine';
}
