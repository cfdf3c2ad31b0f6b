import { createHash } from 'node:crypto';
import { readReceipt } from '../../shared/accept/read-receipt.ts';
import { oneLine } from '../../shared/lead/clean-text.ts';
import { contentId } from '../../shared/lead/content-id.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { toLeadId } from '../../shared/lead/lead-id.ts';
import type { Field } from './column-names.ts';
import { type Cell, textOf } from './file-rows.ts';
import type { Columns } from './find-columns.ts';
import { readTimes, type TimeOptions } from './read-times.ts';

/** A lead of a file, read as the intake would read it. */
export interface FileLead {
	file: string;
	/** As a spreadsheet counts: the row of names is the first, unless something is above it. */
	row: number;
	/** Milliseconds since the epoch. */
	receivedAt: number;
	lead: Lead;
	/** The same for the same lead at the same time, whatever else its row says: what is imported twice is one lead. */
	leadId: string;
	payload: Uint8Array;
}

/** A row that is no lead, or tells no time. */
export interface UnreadableRow {
	file: string;
	row: number;
	why: string;
}

export interface FileLeads {
	leads: FileLead[];
	unreadable: UnreadableRow[];
	/** Some rows tell a day and no time of day. */
	hasDays: boolean;
}

export const payloadType = 'application/json; charset=utf-8';
const mostBytes = 32 * 1024;

/** Reads the rows below the names. Undefined when nothing shows whether the day or the month is first in its dates. */
export function readFileLeads(file: string, rows: Cell[][], columns: Columns, options: TimeOptions): FileLeads | undefined {
	const { head, of } = columns;
	const body = rows.map((cells, index) => ({ cells, row: index + 1 })).slice(head + 1);
	const filled = body.filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''));
	const reading = readTimes(
		filled.map(({ cells }) => cells[of.time ?? -1]),
		options,
	);
	if (!reading.ok) return undefined;
	const read: FileLeads = { leads: [], unreadable: [], hasDays: false };
	for (const [index, { cells, row }] of filled.entries()) {
		const refuse = (why: string) => read.unreadable.push({ file, row, why });
		const time = reading.times[index];
		const made = readCells(cells, columns);
		if (!made) refuse('it says nothing of a lead, or is too long for one');
		else if (!time) refuse(textOf(cells[of.time ?? -1]) === '' ? 'it has no time' : 'its time cannot be read, or is in the future');
		else {
			read.hasDays ||= time.isDay;
			read.leads.push({ file, row, receivedAt: time.at, leadId: idOf(time.at, made.lead), ...made });
		}
	}
	return read;
}

/** Two files of the same days have the same rows; other columns, such as a status, may have changed. */
function idOf(receivedAt: number, { unknown, campaign, ...lead }: Lead): string {
	const seed = createHash('sha256')
		.update(`imported ${receivedAt} ${contentId(lead)}`)
		.digest();
	return toLeadId(receivedAt, seed);
}

/** Smaller each time, until the payload is one that the intake would take. */
const ways: { others: boolean; longest: number }[] = [
	{ others: true, longest: mostBytes },
	{ others: false, longest: mostBytes },
	{ others: false, longest: 2000 },
];

function readCells(cells: Cell[], columns: Columns): { lead: Lead; payload: Uint8Array } | undefined {
	for (const way of ways) {
		const payload = Buffer.from(JSON.stringify(toPayload(cells, columns, way)));
		if (payload.length > mostBytes) continue;
		const reading = readReceipt({ payload, contentType: payloadType });
		if (reading.ok) return { lead: reading.lead, payload };
		return undefined;
	}
	return undefined;
}

/** What the marketplace would have posted. Columns that have no place there are kept under their own names. */
function toPayload(
	cells: Cell[],
	{ of, names, others }: Columns,
	{ others: withOthers, longest }: { others: boolean; longest: number },
): object {
	const text = (field: Field) => textOf(cells[of[field] ?? -1]).slice(0, longest);
	const member = (name: string, value: string) => (value === '' ? {} : { [name]: value });
	const lastName = text('lastName') || (text('firstName') ? '' : text('name'));
	const person = {
		...member('FirstName', text('firstName')),
		...member('LastName', lastName),
		...member('Email', text('email').replace(/^mailto:/i, '')),
		...member('Phone', text('phone').replace(/^tel:/i, '')),
		...member('Country', text('country')),
		...member('Company', text('company')),
		...member('Title', text('title')),
	};
	// A title says more than an id; both are kept.
	const kept = of.offer !== undefined && of.offerId !== undefined ? [...others, of.offerId] : others;
	const rest = withOthers
		? kept.flatMap((index) => (textOf(cells[index]) === '' ? [] : [[names[index] ?? '', textOf(cells[index])] as const]))
		: [];
	return {
		...member('CustomerInfo', text('contact')),
		UserDetails: person,
		...member('LeadSource', text('source')),
		...member('ActionCode', text('action')),
		...member('OfferTitle', text('offer') || text('offerId')),
		...member('Description', text('description')),
		...(rest.length > 0 && { Imported: Object.fromEntries(rest.map(([name, value]) => [oneLine(name) || 'column', value])) }),
	};
}
