import type { DestinationName } from './destination.ts';

/**
 * What a rule decides for the leads that meet it; what is absent goes the usual way. Beside these members each destination has its own, which its folder
 * checks and reads.
 */
export interface Choice {
	destinations?: DestinationName[];
	/** The lead is delivered nowhere. */
	journalOnly?: true;
	[member: string]: unknown;
}
