import type { DestinationName } from '../delivery/destination.ts';
import type { DestinationKind } from '../delivery/destination-kind.ts';
import type { Route } from '../rules/routes.ts';
import type { StorageSettings } from '../storage/storage-settings.ts';
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
