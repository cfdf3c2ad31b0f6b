/** By which a row is found: case counts; no `/ \ # ?` and no control characters; at most 1 KiB each. */
export interface RowKey {
	partitionKey: string;
	rowKey: string;
}

/** A value as it is written: EDM String, Double (or Int32, where it is a whole number that fits), Boolean, Int64, DateTime, Binary; without one, no column. */
export type Value = string | number | boolean | bigint | Date | Uint8Array | null | undefined;

/** A row to be written: its key and its columns. */
export type Row = RowKey & { [column: string]: Value };

/** A row as it was read. */
export interface StoredRow extends RowKey {
	/** Changes with every write. */
	etag: string;
}

/** One step of a transaction. Without an ETag a change is made whatever the row has become, and only if it is there. */
export type Action =
	| ['create', Row]
	/** `Merge` leaves the columns that are not named as they are. */
	| ['update', Row, 'Merge' | 'Replace', ({ etag?: string | undefined } | undefined)?]
	/** Made if it is not there. */
	| ['upsert', Row, 'Merge' | 'Replace']
	| ['delete', RowKey, ({ etag?: string | undefined } | undefined)?];
