import { settingOf } from '../../host/setting-of.ts';
import type { Environment } from '../basics/environment.ts';
import type { StorageSettings } from '../storage/storage-settings.ts';
import { cleanSetting } from './clean-setting.ts';
import { toSdkConnectionString } from './connection-string.ts';

/**
 * The host's own storage account: `AzureWebJobsStorage` as a connection string, or the identity-based form in which each service has a URI
 * (https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity). Undefined when incomplete.
 */
export function readStorageSettings(environment: Environment): StorageSettings | undefined {
	const setting = (suffix: string) => cleanSetting(settingOf(environment, `AzureWebJobsStorage${suffix}`) ?? '', 'text') || undefined;
	const connectionString = setting('');
	if (connectionString)
		return { connectionString: isConnectionString(connectionString) ? toSdkConnectionString(connectionString) : connectionString };
	const account = setting('__accountName');
	const tableServiceUri = setting('__tableServiceUri') ?? (account && `https://${account}.table.core.windows.net`);
	const queueServiceUri = setting('__queueServiceUri') ?? (account && `https://${account}.queue.core.windows.net`);
	if (!tableServiceUri || !queueServiceUri) return undefined;
	return { tableServiceUri, queueServiceUri, clientId: setting('__clientId') };
}

/** Whether a text can be a connection string at all; the libraries that read it are loaded when storage is opened. */
export function isConnectionString(text: string): boolean {
	const names = new Set(text.split(';').map((part) => part.split('=', 1)[0]?.trim().toLowerCase() ?? ''));
	return (
		/usedevelopmentstorage=true/i.test(text) || names.has('sharedaccesssignature') || (names.has('accountname') && names.has('accountkey'))
	);
}
