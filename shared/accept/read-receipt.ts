import type { ListedLead, RefusedStatus } from '../journal/entries.ts';
import { decodeContent } from '../lead/decode-content.ts';
import type { Lead } from '../lead/lead.ts';
import { type Issue, type Reading, readLead } from '../lead/read-lead.ts';

/** How a lead was imported. */
export interface Imported {
	/** Milliseconds since the epoch. */
	at: number;
	/** It is delivered nowhere: sales have it already. */
	journalOnly?: boolean;
}

/** One POST with all that the journal needs to take it, now or later. */
export interface Receipt {
	/** The lead's id, should it be a new lead. */
	leadId: string;
	/** Milliseconds since the epoch. */
	receivedAt: number;
	/** At most 32 KiB: in base64 twice over, that is within a queue message's 64 KiB. */
	payload: Uint8Array;
	contentType?: string;
	/** It is not a lead, and its sender is answered 4xx. */
	refused?: boolean;
	/** The header, when there was one: the payload is as it came. */
	contentEncoding?: string;
	/** The payload was longer than what is kept. */
	truncated?: boolean;
	/** The rest of it had not come when its time was over. */
	late?: boolean;
	/** It was not posted: an operator has read it from a file of the marketplace's own. */
	imported?: Imported;
}

/** The lead that a receipt brings, with its payload as any version of the app can read it, or why there is none. */
export type ReceiptReading = (
	| (Extract<Reading, { ok: true }> & { payload: Uint8Array })
	| { ok: false; status: RefusedStatus; issues: Issue[] }
) &
	Pick<Reading, 'guessedCharset'>;

const lateIssue = { pointer: '', detail: 'The body stopped arriving; only the part that arrived was read.' };

/** Reads a receipt. Never throws. */
export function readReceipt(receipt: Pick<Receipt, 'payload' | 'contentType' | 'contentEncoding' | 'truncated' | 'late'>): ReceiptReading {
	const { payload, contentType, contentEncoding, truncated, late } = receipt;
	if (truncated) return refuse(413, 'is longer than 32 KiB; a lead is 1 to 2 KiB');
	const content = decodeContent(payload, contentEncoding, contentType);
	if (!content.ok) return refuse(content.status, `The body ${content.problem}.`);
	const reading = readLead(content.bytes, contentType);
	if (reading.ok) return { ...reading, payload: content.bytes };
	return late ? { ...reading, status: 408, issues: [lateIssue, ...reading.issues] } : { ...reading, status: 400 };
}

const refuse = (status: RefusedStatus, problem: string): ReceiptReading => ({
	ok: false,
	status,
	issues: [{ pointer: '', detail: problem }],
});

/** What a lead of the journal says, read by this version; undefined when its payload was not read, or cannot be. */
export function leadOf({ payload, contentType }: Pick<ListedLead, 'payload' | 'contentType'>): Lead | undefined {
	if (!payload) return undefined;
	const reading = readReceipt({ payload, ...(contentType && { contentType }) });
	return reading.ok ? reading.lead : undefined;
}
