import type { Form, Left } from './create-part-by-part.ts';
import type { RecordParts } from './to-crm-record.ts';

/** How a record differs from what was meant, in words for its proof; undefined when it does not. */
export function formInWords({ without, limits, smallest }: Form): string | undefined {
	if (smallest !== undefined) return 'in the smallest form, as a value was refused';
	const left = [...without.keys()].map((column) => (column === 'overriddencreatedon' ? 'the time it came' : column));
	const words = [left.length > 0 && `without ${left.join(', ')}`, limits.size > 0 && `with a shorter ${[...limits.keys()].join(', ')}`];
	return words.filter(Boolean).join(', ') || undefined;
}

/** What a person can fix, or allow: sentences that begin with the setting, name column and code, and are free of what leads say. */
export function formWarnings({ without, limits, smallest }: Form, { fields = [], owner }: RecordParts): string[] {
	const settingOf = (column: string): string => {
		if (column === 'ownerid' && owner) return owner.setting;
		const field = fields.find((one) => one.column === column);
		if (field) return `${field.setting}.${column}`;
		return column === 'leadsourcecode' ? 'DATAVERSE_LEAD_SOURCE' : `DATAVERSE_FIELDS.${column}`;
	};
	const sentence = (column: string, { code, named }: Left) =>
		`${settingOf(column)}: Dataverse ${named ? 'refuses' : 'does not accept the record with'} the column ${column} (${code}): its value is in the description`;
	return [
		...[...without].map(([column, left]) => (column === 'overriddencreatedon' ? timeSentence(left) : sentence(column, left))),
		...[...limits.keys()].map(
			(column) => `${settingOf(column)}: the column ${column} accepts less text than the table says: the text is cut`,
		),
		...(smallest !== undefined
			? [`DATAVERSE_FIELDS: Dataverse refused the record (${smallest}) and named no column: it was created in its smallest form`]
			: []),
	];
}

const timeSentence = ({ code }: Left) =>
	`DATAVERSE_FIELDS.overriddencreatedon: Dataverse refuses the column overriddencreatedon (${code}): the record does not show when the lead arrived`;
