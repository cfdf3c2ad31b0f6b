import { convertValue, type Said } from './convert-value.ts';
import type { Note } from './crm-description.ts';
import type { LeadColumn, LeadColumns } from './metadata/lead-column.ts';

/** What a lead record is created with, by property. */
export type CrmRecord = Record<string, string | number | boolean>;

/** A record that is being filled in: what fits is in it, what does not is noted for the description, what a setting has wrong is warned about. */
export interface RecordSheet {
	record: CrmRecord;
	notes: Note[];
	/** Sentences that begin with setting and column; free of what leads say. */
	warnings: string[];
	/** The column, when the table has it. */
	find: (column: string) => LeadColumn | undefined;
	/** Whether the environment told which columns there are. */
	complete: boolean;
	/** Fills in one column; whether anything is in it now. */
	put: (column: LeadColumn, name: string, said: Said, entry: Entry) => boolean;
}

interface Entry {
	label: string;
	/** Where a person fixes it: `DATAVERSE_FIELDS.new_plan`; warned about when every lead has this value. */
	setting?: string | undefined;
	constant: boolean;
	/** Whether the reason is told beside the value in the description. */
	withReason: boolean;
}

export function openSheet({ complete, byName }: LeadColumns): RecordSheet {
	const record: CrmRecord = {};
	const notes: Note[] = [];
	const warnings: string[] = [];
	return {
		record,
		notes,
		warnings,
		complete,
		find: (name) => byName.get(name),
		put(column, name, said, { label, setting, constant, withReason }) {
			const converted = convertValue(column, said);
			if (converted.fits !== 'not') record[name] = converted.value;
			if (converted.fits === 'whole') return true;
			const why = converted.fits === 'not' ? converted.why : 'is cut';
			if (constant) warnings.push(`${setting ?? name}: its value ${why}`);
			else notes.push({ label, text: String(said), ...(withReason && converted.fits === 'not' && { why }) });
			return converted.fits === 'cut';
		},
	};
}
