import { type Reading, readLead } from '../lead/read-lead.ts';
import type { Receipt } from './receipt.ts';

/** The lead that a receipt brings, or why there is none. */
export function readReceipt({ payload, contentType, truncated }: Receipt): Reading {
	return truncated
		? { ok: false, issues: [{ pointer: '', detail: 'is longer than 32 KiB; a lead is 1 to 2 KiB' }] }
		: readLead(payload, contentType);
}
