import type { DestinationName } from '../delivery/destination.ts';
import schema from './settings.schema.json' with { type: 'json' };

/** One setting as `settings.schema.json`, the only source, describes it. */
export interface CatalogueEntry {
	title: string;
	description: string;
	/** What type of value it is, in words: `duration`. */
	kind: string;
	/** Completes "allowed is …". */
	allowed: string;
	default?: string;
	format?: string;
	enum?: string[];
	/** Other than the default. */
	examples: [string, ...string[]];
	/** The destinations that cannot work while it is wrong or missing. */
	blocks?: DestinationName[];
	/** What happens while it is wrong, when the rest does not tell. */
	whenWrong?: string;
	/** Least and greatest duration. */
	between?: [string, string];
}

export type SettingName = keyof typeof schema.properties;

export const catalogue = schema.properties as unknown as Record<SettingName, CatalogueEntry>;
export const settingNames = Object.keys(catalogue) as SettingName[];
