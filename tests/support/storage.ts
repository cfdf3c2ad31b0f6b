import type { StorageService } from '../../sandbox/storage/connection-string.ts';
import { startStorage } from '../../sandbox/storage/start-storage.ts';
import { tempFolder } from './temp-folder.ts';

export interface TestStorage {
	connectionString: string;
	stop: () => Promise<void>;
}

/** Real tables and queues on free ports, in a temporary folder that goes with them; needs a build. One for a test file: a second to start. */
export async function startTestStorage(services: readonly StorageService[] = ['queue', 'table']): Promise<TestStorage> {
	const folder = tempFolder();
	const { connectionString, stop } = await startStorage({ folder: folder.path, services }).catch((error) => {
		folder.remove();
		throw error;
	});
	return { connectionString, stop: () => stop().finally(folder.remove) };
}
