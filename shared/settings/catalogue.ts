import { foldName } from '../../host/setting-of.ts';
import type { Environment } from '../basics/environment.ts';
import { namesInWords } from '../basics/schema-sentences.ts';
import { type DestinationGroup, type DestinationKind, namesOf, type SettingEntry } from '../delivery/destination-kind.ts';
import { destinationGroups, destinationKinds, documentedKinds, openKinds } from '../destinations/destination-kinds.ts';
import schema from './settings.schema.json' with { type: 'json' };

/** The settings of the app itself; the destinations have theirs in their folders. */
type CoreSettingName = keyof typeof schema.properties;

/** Every setting by name, in the order in which they are shown. */
export type Catalogue = Record<string, SettingEntry> & Record<CoreSettingName, SettingEntry>;

/**
 * The app's own settings and those of its destinations: who we are comes last.
 *
 * @param named the destinations that LEAD_DESTINATIONS is said to allow
 */
export function catalogueOf(
	kinds: readonly DestinationKind[],
	groups: readonly DestinationGroup[] = destinationGroups,
	named: readonly DestinationKind[] = kinds,
): Catalogue {
	const { LEAD_DESTINATIONS: destinations, AZURE_CLIENT_ID: identity, ...core } = schema.properties;
	return {
		LEAD_DESTINATIONS: { ...destinations, allowed: `${namesInWords(namesOf(named))}, separated by ; or ,` },
		...core,
		...Object.assign({}, ...[...kinds, ...groups].map(({ settings }) => settings.schema.properties)),
		AZURE_CLIENT_ID: identity,
	} as Catalogue;
}

/** The settings that are documented. */
export const catalogue = catalogueOf(documentedKinds, destinationGroups, destinationKinds);
export const settingNames = Object.keys(catalogue);

/** The host's own settings that name the storage account. */
export const storageSettingNames = [
	'AzureWebJobsStorage',
	...['accountName', 'blobServiceUri', 'queueServiceUri', 'tableServiceUri', 'credential', 'clientId'].map(
		(name) => `AzureWebJobsStorage__${name}`,
	),
];

/** Every setting that the app knows in an environment, with those of the destinations that it names. */
export const namesIn = (environment: Environment): string[] => Object.keys(catalogueOf(openKinds(environment)));

/** An environment in which every setting of the app, and those that name its storage, are found under the names that the app writes. */
export function canonicalNames(environment: Environment, names: readonly string[] = namesIn(environment)): Environment {
	const known = new Map([...names, ...storageSettingNames].map((name) => [foldName(name), name]));
	const found: Environment = {};
	for (const [name, value] of Object.entries(environment)) {
		const canonical = known.get(foldName(name));
		if (canonical !== undefined && canonical !== name && value?.trim() && !environment[canonical]?.trim()) found[canonical] = value;
	}
	return { ...environment, ...found };
}
