import type { FieldMap } from './field-map/field-map.ts';

/** What records need to know. */
export interface CrmSettings {
	/** Origin of the organisation without a trailing slash: `https://contoso.crm4.dynamics.com`. */
	url?: string;
	/** Choice value of the `leadsourcecode` column. */
	leadSource?: number;
	duplicateDetection: boolean;
	/** Columns and what they are filled with, beside the usual ones; those that were found right. */
	fields?: FieldMap;
	/** To whom records are given; found right. */
	owner?: string;
	/** Of dates in templates; known to `Intl`. */
	locale?: string;
	timeZone?: string;
}
