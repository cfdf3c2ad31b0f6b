import { foldName } from '../../host/setting-of.ts';
import type { Environment } from '../basics/environment.ts';
import { settingNames } from './catalogue.ts';

/** The host's own settings that name the storage account. */
export const storageSettingNames = [
	'AzureWebJobsStorage',
	...['accountName', 'blobServiceUri', 'queueServiceUri', 'tableServiceUri', 'credential', 'clientId'].map(
		(name) => `AzureWebJobsStorage__${name}`,
	),
];

/** An environment in which every setting of the app, and those that name its storage, are found under the names that the app writes. */
export function canonicalNames(environment: Environment, names: readonly string[] = settingNames): Environment {
	const known = new Map([...names, ...storageSettingNames].map((name) => [foldName(name), name]));
	const found: Environment = {};
	for (const [name, value] of Object.entries(environment)) {
		const canonical = known.get(foldName(name));
		if (canonical !== undefined && canonical !== name && value?.trim() && !environment[canonical]?.trim()) found[canonical] = value;
	}
	return { ...environment, ...found };
}
