import type { Refusal } from '../refusal.ts';
import type { Column } from './column.ts';
import type { LeadRow } from './lead-table.ts';

type Selection = { ok: true; show: (row: LeadRow) => Record<string, unknown> } | { ok: false; refusal: Refusal };

/** The name under which a column is read. */
export const readName = ({ kind, name }: Column) => (kind === 'Lookup' ? `_${name}_value` : name);
export const noProperty = (name: string, type: string): Refusal => ({
	status: 400,
	code: '0x80060888',
	message: `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${type}'.`,
});

/** `$select`: how a row is shown. Without it every column is, `null` where there is no value. */
export function selectColumns(select: string | undefined, columns: Column[]): Selection {
	const known = columns.map(readName);
	const names = select ? select.split(',').map((name) => name.trim()) : known;
	const unknown = names.find((name) => !known.includes(name));
	if (unknown !== undefined) return { ok: false, refusal: noProperty(unknown, 'lead') };
	const shown = new Set([...names, 'leadid']);
	const show = (row: LeadRow) => ({
		'@odata.etag': `W/"${row.versionnumber}"`,
		...Object.fromEntries([...shown].map((name) => [name, row[name] ?? null])),
	});
	return { ok: true, show };
}
