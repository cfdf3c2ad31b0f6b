/** What a column is filled with, when the environment does not tell. */
export type FieldType = 'text' | 'memo' | 'wholeNumber' | 'decimal' | 'boolean' | 'date' | 'choice';

/** A record of another table, by its id or by a column that no two records share. */
export interface LookupEntry {
	/** Entity set: `campaigns`. */
	lookup: string;
	/** Column to find it by: `codename`; without it `value` is the record's id. */
	by?: string;
	/** A template. */
	value: string;
}

/** A template, a constant, or either with its type; null leaves the column empty. */
export type FieldEntry = string | number | boolean | null | { value: string | number | boolean; type?: FieldType } | LookupEntry;

/** `DATAVERSE_FIELDS`: by column what it is filled with; `field-map.schema.json` describes every member. */
export type FieldMap = Record<string, FieldEntry>;
