import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { TableClient } from '@azure/data-tables';
import { storageCredential } from './storage-credential.ts';
import type { StorageSettings } from './storage-settings.ts';

/** One request per call: whoever calls knows its deadline, and decides whether to repeat. */
const retryOptions = { maxRetries: 0 };

/**
 * A table of the app's storage account: by connection string (plain http only to a loopback address in practice) or by the identity. `policy` sees each
 * request and its answer.
 */
export async function openTable(storage: StorageSettings, name: string, policy?: PipelinePolicy): Promise<TableClient> {
	const options = { retryOptions, ...(policy && { additionalPolicies: [{ policy, position: 'perCall' as const }] }) };
	return 'connectionString' in storage
		? TableClient.fromConnectionString(storage.connectionString, name, { ...options, allowInsecureConnection: true })
		: new TableClient(storage.tableServiceUri, name, await storageCredential(storage.clientId), options);
}
