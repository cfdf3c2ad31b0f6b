import type { RefusedStatus } from '../journal/entries.ts';
import { decodeContent } from '../lead/decode-content.ts';
import { type Issue, type Reading, readLead } from '../lead/read-lead.ts';
import type { Receipt } from './receipt.ts';

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
