import { foldName } from '../../host/setting-of.ts';
import type { Environment } from '../basics/environment.ts';
import { namesInWords } from '../basics/schema-sentences.ts';
import { type DestinationKind, namesOf, type SettingEntry } from '../delivery/destination-kind.ts';
import { destinationKinds } from '../destinations/destination-kinds.ts';
import schema from './settings.schema.json' with { type: 'json' };

/** The settings of the app itself; the destinations have theirs in their folders. */
type CoreSettingName = keyof typeof schema.properties;

/** Every setting by name, in the order in which they are shown. */
export type Catalogue = Record<string, SettingEntry> & Record<CoreSettingName, SettingEntry>;

/** The app's own settings and those of its destinations: who we are comes last. */
export function catalogueOf(kinds: readonly DestinationKind[]): Catalogue {
	const { LEAD_DESTINATIONS: destinations, AZURE_CLIENT_ID: identity, ...core } = schema.properties;
	return {
		LEAD_DESTINATIONS: { ...destinations, allowed: `${namesInWords(namesOf(kinds))}, separated by ; or ,` },
		...core,
		...Object.assign({}, ...kinds.map(({ settings }) => settings.schema.properties)),
		AZURE_CLIENT_ID: identity,
	} as Catalogue;
}

/** The settings that are documented. */
export const catalogue = catalogueOf(destinationKinds);
export const settingNames = Object.keys(catalogue);

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
