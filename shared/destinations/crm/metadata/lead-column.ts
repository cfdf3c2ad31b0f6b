/** One value of a choice, and what people call it (in every language of the environment). */
export interface Choice {
	value: number;
	labels: string[];
}

interface ColumnBase {
	/** What people call it. */
	label?: string;
	/** Sales asks for it; the Web API does not. */
	required?: boolean;
}

/** A column of the table of leads that a record can be created with. */
export type LeadColumn = ColumnBase &
	(
		| {
				type: 'text';
				/** UTF-16 units; longer values are refused, not cut. */
				maxLength: number;
				/** Half an address or number reaches no one, or someone else: such a value is there whole or not at all. */
				indivisible?: boolean;
		  }
		| { type: 'memo'; maxLength: number }
		| { type: 'wholeNumber'; min: number; max: number }
		| {
				type: 'decimal';
				min: number;
				max: number;
				/** Digits behind the point. */
				precision?: number;
				/** Money: a record that holds any needs a currency, which is another table. */
				money?: boolean;
		  }
		| { type: 'boolean' }
		| { type: 'date' /** A day, which takes no time. */; dateOnly?: boolean }
		/** `open`: there may be other values. */
		| { type: 'choice'; choices: Choice[]; open?: boolean }
		/** For each table that it may point to (by logical name): its case-sensitive navigation property. */
		| { type: 'lookup'; targets: { table: string; property: string }[] }
	);

/** The columns of the table of leads, by logical name. */
export interface LeadColumns {
	/** The environment said so: a column that is not there does not exist, or cannot be filled. Otherwise it is only unknown. */
	complete: boolean;
	byName: ReadonlyMap<string, LeadColumn>;
}
