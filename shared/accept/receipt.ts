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
}
