import type { DestinationName } from '../delivery/destination.ts';
import type { DestinationKind } from '../delivery/destination-kind.ts';
import type { Route } from '../rules/routes.ts';
import type { StorageSettings } from '../storage/open-storage.ts';
import type { CoreSettings } from './core-settings.ts';

/** What is wrong with one setting; the value itself is never told. */
export interface SettingIssue {
	setting: string;
	/** The rule at fault, counted from 1, when the setting holds several. */
	rule?: number;
	/** What is wrong: `is not a duration`. */
	problem: string;
	/** What is allowed, with an example. */
	allowed: string;
	/** The destinations that cannot work until it is fixed; empty when a default serves meanwhile. */
	blocks: DestinationName[];
}

/** Every setting, read: defaults in place, durations in milliseconds. */
export interface Settings extends CoreSettings {
	/** Every destination there is. */
	kinds: readonly DestinationKind[];
	/** The valid names among `LEAD_DESTINATIONS`. */
	destinations: DestinationName[];
	/** False while `LEAD_DESTINATIONS` is missing or holds a name that is not valid: leads then stay undecided too. */
	destinationsDecided: boolean;
	/** The rules that are right, in order. */
	routes: Route[];
	/** Each destination's own, which its folder reads. */
	own: Record<DestinationName, unknown>;
	/** Absent when neither form is complete: then nothing can be accepted. */
	storage?: StorageSettings;
	/** Everything that is wrong, together. */
	issues: SettingIssue[];
	/** What is valid, but probably not intended: nothing works worse for it. */
	warnings: SettingIssue[];
}

/**
 * How storage is reached.
 *
 * @throws with the code `AzureWebJobsStorage` when the settings do not tell
 */
export function storageOf({ storage }: Pick<Settings, 'storage'>): StorageSettings {
	if (!storage) throw Object.assign(new Error('AzureWebJobsStorage is missing or incomplete'), { code: 'AzureWebJobsStorage' });
	return storage;
}

/** What is at fault, by name: the setting, with the rule when it holds several: `LEAD_ROUTES rule 2`. */
export const issueName = ({ setting, rule }: SettingIssue): string => (rule === undefined ? setting : `${setting} rule ${rule}`);

/** The destinations that any lead may go to, by the settings or by a rule. */
export function usedDestinations({ destinations, routes }: Pick<Settings, 'destinations' | 'routes'>): Set<DestinationName> {
	return new Set([...destinations, ...routes.flatMap(({ choice }) => choice.destinations ?? [])]);
}

/** Whether leads wait until this is fixed; otherwise a default serves meanwhile, or nothing that is used depends on it. */
export function holdsBack({ setting, blocks }: SettingIssue, settings: Pick<Settings, 'destinations' | 'routes'>): boolean {
	const used = usedDestinations(settings);
	return setting === 'LEAD_DESTINATIONS' || setting === 'AzureWebJobsStorage' || blocks.some((name) => used.has(name));
}
