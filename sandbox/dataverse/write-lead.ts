import type { Refusal } from '../refusal.ts';
import { checkRights, type Rights } from './check-rights.ts';
import type { Column } from './column.ts';
import type { LeadRow, LeadTable } from './lead-table.ts';
import { readRecord } from './read-record.ts';

/** One PATCH or POST of a lead. */
export interface LeadWrite {
	/** From the path, or from the payload of a POST. */
	leadid: string;
	payload: Record<string, unknown>;
	/** `If-None-Match: *`: create, never update. */
	createOnly: boolean;
	/** `If-Match`: update, never create; `*` or an ETag. */
	ifMatch?: string | undefined;
	/** `MSCRM.SuppressDuplicateDetection: false`. */
	detectDuplicates: boolean;
	/** Of the application user. */
	rights: Rights;
	/** Milliseconds since the epoch. */
	now: number;
}

type Written = { ok: true; row: LeadRow; created: boolean } | { ok: false; refusal: Refusal };
const no = (status: number, code: string, message: string): Written => ({ ok: false, refusal: { status, code, message } });

export const doesNotExist = (id: string, table = 'lead'): Refusal => ({
	status: 404,
	code: '0x80040217',
	message: `${table} With Id = ${id} Does Not Exist`,
});

/** Creates or updates (upsert), as far as the request's conditions allow. */
export function writeLead(write: LeadWrite, { table, columns }: { table: LeadTable; columns: Column[] }): Written {
	const { leadid, payload, createOnly, ifMatch, detectDuplicates, rights, now } = write;
	const row = table.find(leadid);
	if (row && createOnly) return no(412, '0x80040237', 'A record with matching key values already exists.');
	if (!row && ifMatch) return { ok: false, refusal: doesNotExist(leadid) };
	if (row && ifMatch && ifMatch !== '*' && ifMatch !== `W/"${row.versionnumber}"`) {
		return no(412, '0x80060882', "The version of the existing record doesn't match the RowVersion property provided.");
	}
	const reading = readRecord(payload, row ? 'update' : 'create', columns);
	if (!reading.ok) return reading;
	const forbidden = row ? undefined : checkRights(payload, columns, rights);
	if (forbidden) return { ok: false, refusal: forbidden };
	const { overriddencreatedon: came } = reading.values;
	if (typeof came === 'string' && Date.parse(came) > now) return no(400, '0x80040203', 'System date cannot be set to a date in the future');
	const email = reading.values.emailaddress1;
	if (
		detectDuplicates &&
		typeof email === 'string' &&
		table.all().some((other) => other !== row && isSameEmail(other.emailaddress1, email))
	) {
		return no(412, '0x80040333', 'A record was not created or updated because a duplicate of the current record already exists.');
	}
	return row
		? { ok: true, row: table.update(row, reading.values), created: false }
		: { ok: true, row: table.create(leadid, reading.values), created: true };
}

/** The rule that Dataverse ships for leads: the same e-mail address. */
const isSameEmail = (one: unknown, other: string) => typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
