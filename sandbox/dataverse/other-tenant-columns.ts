import type { Column } from './column.ts';
import { leadColumns } from './lead-columns.ts';

const changes: Record<string, object> = {
	subject: { maxLength: 50 },
	firstname: { maxLength: 450 },
	description: { maxLength: 4151, required: 'ApplicationRequired' },
	leadsourcecode: {
		choices: [
			{ value: 100_000_000, label: 'Microsoft marketplace' },
			{ value: 100_000_001, label: 'Web' },
			{ value: 100_000_002, label: 'Fair' },
		],
	},
};

/**
 * The lead table of a tenant that changed it: a short subject, a longer description that is required, a list of lead sources of its own, columns of its own
 * (one of them required), and no column for the job title. It takes the place of `leadColumns`.
 */
export const otherTenantColumns: Column[] = [
	...leadColumns.filter(({ name }) => name !== 'jobtitle').map((column) => ({ ...column, ...changes[column.name] }) as Column),
	{ kind: 'String', name: 'new_region', label: 'Region', maxLength: 20, required: 'ApplicationRequired' },
	{ kind: 'String', name: 'new_website', label: 'Web site', maxLength: 40, format: 'Url' },
	{ kind: 'Memo', name: 'new_notes', label: 'Notes', maxLength: 300 },
	{ kind: 'Integer', name: 'new_seats', label: 'Seats', min: 1, max: 10_000 },
	{ kind: 'Decimal', name: 'new_score', label: 'Score', min: 0, max: 1, precision: 3 },
	{ kind: 'Boolean', name: 'new_ispartner', label: 'Partner' },
	{ kind: 'DateTime', name: 'new_startdate', label: 'Start', dateOnly: true },
	{ kind: 'DateTime', name: 'new_requestedon', label: 'Requested on' },
	{
		kind: 'Picklist',
		name: 'new_plan',
		label: 'Plan',
		choices: [
			{ value: 10, label: 'Basic' },
			{ value: 20, label: 'Professional' },
		],
	},
	{ kind: 'Lookup', name: 'new_programid', label: 'Program', targets: ['campaigns'], navigation: 'new_ProgramId' },
	{ kind: 'String', name: 'new_calculated', label: 'Calculated', maxLength: 100, readOnly: true },
];
