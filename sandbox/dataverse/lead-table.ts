import type { Clock } from '../../shared/basics/time.ts';
import { applicationUserId } from './known-records.ts';
import type { RecordValues } from './read-record.ts';

/** A row: `leadid`, what was said, and what the system adds. */
export type LeadRow = RecordValues & { leadid: string; createdon: string; modifiedon: string; versionnumber: number };

/** The leads, in the order in which they were created. */
export interface LeadTable {
	create(leadid: string, values: RecordValues): LeadRow;
	update(row: LeadRow, values: RecordValues): LeadRow;
	find(leadid: string): LeadRow | undefined;
	all(): readonly LeadRow[];
	empty(): void;
}

interface LeadTableDeps {
	clock: Clock;
	/** Keeps a new or changed row before it counts as written. */
	save: (row: LeadRow) => void;
	changed: () => void;
}

export function createLeadTable(start: LeadRow[], { clock, save, changed }: LeadTableDeps): LeadTable {
	const rows = new Map(start.map((row) => [row.leadid, row]));
	let version = Math.max(1_000_000, ...start.map(({ versionnumber }) => versionnumber));
	const now = () => `${new Date(clock()).toISOString().slice(0, 19)}Z`;
	const write = (row: LeadRow) => {
		for (const name of Object.keys(row)) if (row[name] === null) delete row[name];
		row.versionnumber = ++version;
		const fullname = [row.firstname, row.middlename, row.lastname].filter((part) => part !== undefined).join(' ');
		if (fullname) row.fullname = fullname;
		else delete row.fullname;
		save(row);
		rows.set(row.leadid, row);
		changed();
		return row;
	};
	return {
		create(leadid, values) {
			const time = now();
			const defaults = { statecode: 0, statuscode: 1, _ownerid_value: applicationUserId };
			// The two change places: when the record really came goes to createdon, when it was written to overriddencreatedon.
			const { overriddencreatedon, ...said } = values;
			const times =
				typeof overriddencreatedon === 'string' ? { createdon: overriddencreatedon, overriddencreatedon: time } : { createdon: time };
			return write({ leadid: leadid.toLowerCase(), ...defaults, ...said, ...times, modifiedon: time, versionnumber: 0 });
		},
		update: (row, values) => write({ ...row, ...values, leadid: row.leadid, createdon: row.createdon, modifiedon: now() }),
		find: (leadid) => rows.get(leadid.toLowerCase()),
		all: () => [...rows.values()],
		empty() {
			rows.clear();
			changed();
		},
	};
}
