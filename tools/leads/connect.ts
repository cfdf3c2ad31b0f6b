import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRetryPolicy } from '@azure/core-rest-pipeline';
import type { Environment } from '../../shared/basics/environment.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { destinationKinds } from '../../shared/destinations/destination-kinds.ts';
import { createTableJournal, journalTable } from '../../shared/journal/table/table-journal.ts';
import { bellQueue, ringOn } from '../../shared/queues/bell.ts';
import { readStorageSettings } from '../../shared/settings/read-storage-settings.ts';
import { openLine } from '../../shared/storage/account/storage-line.ts';
import { openQueue } from '../../shared/storage/open-queue.ts';
import { openTable } from '../../shared/storage/open-table.ts';
import { openStorageQueue } from '../../shared/storage/queues/storage-queue.ts';
import { openStorageTable } from '../../shared/storage/tables/storage-table.ts';
import type { LeadsToolDeps } from './leads-tool-deps.ts';

/** Where the journal is, as the command line says it. */
export interface Place {
	account?: string | undefined;
	connectionString?: string | undefined;
	/** The folder in which `npm start` keeps its data. */
	data: string;
}

export type Connection = Pick<LeadsToolDeps, 'journal' | 'bell' | 'queue' | 'where'>;

/**
 * The journal of a storage account in Azure (as whoever is signed in), of a connection string, of `AzureWebJobsStorage` in the environment, or the one
 * that `npm start` keeps on this machine; the first that is said. A sentence when there is none.
 */
export async function connect({ account, connectionString, data }: Place, environment: Environment): Promise<Connection | string> {
	if (account) return connectToAccount(account);
	const said = readStorageSettings(connectionString ? { AzureWebJobsStorage: connectionString } : environment);
	const storage = said ?? readReadyFile(data);
	if (!storage)
		return `Which journal? Start the app on this machine (npm start), or name one: --account NAME, --connection-string TEXT, or AzureWebJobsStorage in the environment. (${join(data, 'ready.json')} is not there.)`;
	const place = 'connectionString' in storage ? placeOf(storage.connectionString) : storage.tableServiceUri;
	return {
		where: `the journal of ${place}`,
		journal: async () => createTableJournal(await openTable(storage, journalTable), destinations),
		bell: async () => ringOn(await openQueue(storage, bellQueue)),
		queue: (name) => openQueue(storage, name),
	};
}

const destinations = namesOf(destinationKinds);

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

/** What `npm start` wrote when it was ready. */
function readReadyFile(data: string): { connectionString: string } | undefined {
	let text: string;
	try {
		text = readFileSync(join(data, 'ready.json'), 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	const { storage } = JSON.parse(text) as { storage?: string };
	return storage ? { connectionString: storage } : undefined;
}
