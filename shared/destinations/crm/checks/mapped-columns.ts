import type { Settings } from '../../../settings/settings.ts';
import type { FieldEntry } from '../field-map/field-map.ts';

/** A column that a setting fills. */
export interface MappedColumn {
	setting: 'DATAVERSE_FIELDS' | 'LEAD_ROUTES';
	name: string;
	entry: FieldEntry;
}

/** The columns of the field map, and of the rules that add to it. */
export function mappedColumns({ crm, routes }: Pick<Settings, 'crm' | 'routes'>): MappedColumn[] {
	const all = (setting: MappedColumn['setting'], fields: Record<string, unknown> = {}) =>
		Object.entries(fields).map(([name, entry]) => ({ setting, name, entry: entry as FieldEntry }));
	return [...all('DATAVERSE_FIELDS', crm.fields), ...routes.flatMap(({ choice }) => all('LEAD_ROUTES', choice.fields))];
}
