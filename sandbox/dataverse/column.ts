export interface Choice {
	value: number;
	label: string;
	/** Of a status reason: the state it belongs to. */
	state?: number;
}

interface ColumnBase {
	/** Logical name. */
	name: string;
	/** Display name. */
	label: string;
	required?: 'ApplicationRequired' | 'SystemRequired';
	/** What a client says is ignored. */
	readOnly?: boolean;
	createOnly?: boolean;
}

/** One column of a table, in Dataverse's own terms. */
export type Column =
	| (ColumnBase & { kind: 'String'; maxLength: number; format?: 'Email' | 'Phone' | 'Url' })
	| (ColumnBase & { kind: 'Memo'; maxLength: number })
	| (ColumnBase & { kind: 'Picklist' | 'State' | 'Status'; choices: Choice[] })
	| (ColumnBase & { kind: 'Boolean' | 'Uniqueidentifier' })
	/** `dateOnly`: a day, which takes no time. */
	| (ColumnBase & { kind: 'DateTime'; dateOnly?: boolean })
	| (ColumnBase & { kind: 'Integer' | 'Decimal' | 'Double' | 'Money'; min: number; max: number; precision?: number })
	/** `targets`: the entity sets it may point to; `navigation`: its case-sensitive navigation property, when that is not its name. */
	| (ColumnBase & { kind: 'Lookup'; targets: string[]; navigation?: string });
