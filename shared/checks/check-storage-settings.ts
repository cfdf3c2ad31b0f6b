import { failure, ok, warning } from '../basics/check-line.ts';
import { codeOf } from '../basics/code-of.ts';
import { howToSet } from '../basics/how-to-set.ts';
import { bellQueue } from '../queues/bell.ts';
import type { Check } from './check.ts';

/** What names the storage account, as far as it can be told without asking it. */
export const checkStorageSettings: Check = async ({ environment, settings, table, queue }) => {
	if (!settings.storage) return []; // said among the settings
	try {
		await table();
		await queue(bellQueue);
	} catch (error) {
		const next = `${howToSet('AzureWebJobsStorage', environment)} Its value: az storage account show-connection-string -g GROUP -n STORAGE`;
		return [failure('storage settings', `AzureWebJobsStorage is not a connection string that can be read (${codeOf(error)}).`, next)];
	}
	if ('connectionString' in settings.storage) return [ok('storage settings', 'AzureWebJobsStorage is a connection string.')];
	const hasBlobs = environment.AzureWebJobsStorage__blobServiceUri || environment.AzureWebJobsStorage__accountName;
	if (!hasBlobs)
		return [
			warning(
				'storage settings',
				'AzureWebJobsStorage__blobServiceUri is missing: the host keeps its keys and timers in blobs.',
				howToSet('AzureWebJobsStorage__blobServiceUri', environment),
			),
		];
	return [ok('storage settings', 'The account is named by its addresses, and reached by the identity.')];
};
