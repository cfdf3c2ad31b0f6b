import { startChild } from '../children/start-child.ts';
import { type StorageService, storageServices } from './connection-string.ts';

export interface Storage {
	/** For `AzureWebJobsStorage`. */
	connectionString: string;
	pid: number;
	/** How it ended; never rejects. */
	ended: Promise<string>;
	/** Loses nothing. */
	stop: () => Promise<void>;
}

/** Written after 5 seconds by itself; an orderly end needs milliseconds. */
const graceMs = 10_000;

/** A storage account on this machine: Azurite in a process of its own, on free ports, its data in a folder. */
export async function startStorage(options: { folder: string; services?: readonly StorageService[] }): Promise<Storage> {
	const { folder, services = storageServices } = options;
	const { AZURITE_ACCOUNTS: _others, ...environment } = process.env; // would take the well-known account away
	const child = await startChild<{ connectionString: string }>('dist/sandbox/storage/azurite-process.mjs', {
		options: { folder, services },
		environment,
	});
	return {
		connectionString: child.ready.connectionString,
		pid: child.pid,
		ended: child.ended,
		stop: () => child.stop(graceMs),
	};
}
