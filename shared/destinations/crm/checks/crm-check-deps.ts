import type { DestinationCheckDeps } from '../../../delivery/destination-kind.ts';
import { crmChoiceOf } from '../crm-choices.ts';
import type { CrmSettings } from '../crm-settings.ts';
import type { FieldEntry } from '../field-map/field-map.ts';
import type { Choice } from '../metadata/lead-column.ts';

/** What the checks of Dataverse depend on. */
export type CrmCheckDeps = DestinationCheckDeps<CrmSettings>;

/** A column that a setting fills. */
export interface MappedColumn {
	setting: 'DATAVERSE_FIELDS' | 'LEAD_ROUTES';
	name: string;
	entry: FieldEntry;
}

/** The columns of the field map, and of the rules that add to it. */
export function mappedColumns({ own, routes }: Pick<CrmCheckDeps, 'own' | 'routes'>): MappedColumn[] {
	const all = (setting: MappedColumn['setting'], fields: Record<string, unknown> = {}) =>
		Object.entries(fields).map(([name, entry]) => ({ setting, name, entry: entry as FieldEntry }));
	return [...all('DATAVERSE_FIELDS', own.fields), ...routes.flatMap((route) => all('LEAD_ROUTES', crmChoiceOf(route).fields))];
}

/** `10 Basic, 20 Professional`; not endlessly many. */
export const choicesInWords = (choices: Choice[]): string =>
	choices
		.slice(0, 20)
		.map(({ value, labels }) => `${value} ${labels[0] ?? ''}`.trim())
		.join(', ') || 'none';
