import { TableClient } from '@azure/data-tables';
import type { StorageSettings } from '../settings/settings.ts';
import { storageCredential } from './storage-credential.ts';

/** One request per call: whoever calls knows its deadline, and decides whether to repeat. */
const options = { retryOptions: { maxRetries: 0 }, allowInsecureConnection: true };

/** A table of the app's storage account: by connection string (plain http only to a loopback address in practice) or by the identity. */
export async function openTable(storage: StorageSettings, name: string): Promise<TableClient> {
	return 'connectionString' in storage
		? TableClient.fromConnectionString(storage.connectionString, name, options)
		: new TableClient(storage.tableServiceUri, name, await storageCredential(storage.clientId), { retryOptions: options.retryOptions });
}
