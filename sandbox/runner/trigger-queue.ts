import type { QueueClient } from '@azure/storage-queue';
import { settingOf } from '../../host/setting-of.ts';
import { readConnectionString } from '../../shared/storage/account/read-connection-string.ts';

type Settings = Record<string, string | undefined>;

/** A trigger's queue, and the one its poison messages go to: none when the queue is such a one itself. */
export interface TriggerQueue {
	queue: QueueClient;
	poison: QueueClient | undefined;
}

const poisonSuffix = '-poison';

/**
 * Opens the queue of a trigger whose `connection` names an app setting (a connection string) or, as `<connection>__queueServiceUri` or `__accountName`, a
 * storage account that is reached with the developer's own identity. Loads the SDK. Throws when there is neither.
 */
export async function openTriggerQueue(name: string, connection: string, settings: Settings): Promise<TriggerQueue> {
	const { QueueServiceClient, StorageSharedKeyCredential } = await import('@azure/storage-queue');
	const retryOptions = { maxTries: 2, retryDelayInMs: 800 }; // the first delay of the SDK for .NET
	const connectionString = settingOf(settings, connection) || settingOf(settings, `AzureWebJobs${connection}`);
	const account = settingOf(settings, `${connection}__accountName`);
	const serviceUri = settingOf(settings, `${connection}__queueServiceUri`) || (account && `https://${account}.queue.core.windows.net`);
	let service: InstanceType<typeof QueueServiceClient>;
	if (connectionString) {
		const reach = readConnectionString(connectionString, 'queue');
		service =
			'key' in reach
				? new QueueServiceClient(reach.url, new StorageSharedKeyCredential(reach.name, reach.key.toString('base64')), { retryOptions })
				: new QueueServiceClient(`${reach.url}?${reach.signature}`, undefined, { retryOptions });
	} else if (serviceUri) {
		const { DefaultAzureCredential } = await import('@azure/identity');
		service = new QueueServiceClient(serviceUri, new DefaultAzureCredential(), { retryOptions });
	} else throw new Error(`Storage account connection string for '${connection}' does not exist.`);
	return {
		queue: service.getQueueClient(name),
		poison: name.endsWith(poisonSuffix) ? undefined : service.getQueueClient(`${name}${poisonSuffix}`),
	};
}
