/** What a destination said when a delivery worked: kept in the journal, never logged. */
export interface Proof {
	/** The destination's own id for what it took: the request id of the mail, the GUID of the record. */
	id: string;
	/** In words: `accepted by Graph`, `created`, `existed already`. */
	how: string;
}

/** The lead is there. */
export interface Delivered {
	kind: 'delivered';
	proof: Proof;
	/** What a person should fix nevertheless: sentences that begin with the setting at fault, free of personal data. */
	warnings?: string[];
}

interface Failed {
	/** Short and free of personal data, so that it can be logged: `429 ApplicationThrottled`, `ETIMEDOUT`, `400 0x80044331`. */
	code: string;
	/** In words, for the journal and the operator; may quote the destination. Never logged. */
	reason: string;
	/** The same without what the destination says: our own sentence, which can be logged. */
	cause?: string;
	/** Milliseconds that the destination asked us to wait. */
	retryAfterMs?: number;
}

/** It may work later by itself. */
export interface Transient extends Failed {
	kind: 'transient';
	/** The destination may have done it nevertheless (mail: 500, 504, time-out, reset after sending). */
	maybeDone?: boolean;
}

/** It will work when a person has fixed a setting or a permission; spends no attempt, never parks a lead. */
export interface Configuration extends Failed {
	kind: 'configuration';
	/** The one thing to do. */
	remedy: string;
	/** The settings or the permission at fault, by name. */
	names: string[];
}

/** The destination refuses this lead and will go on refusing it. */
export interface Permanent extends Failed {
	kind: 'permanent';
	/** The one thing to do. */
	remedy: string;
	/**
	 * Nothing was left that could be left out, and the reason need not be the lead's own (as a duplicate of another record is, or recipients of its own):
	 * when leads in a row meet the same `code` so, it is taken for the destination's fault (`cooldown.ts`).
	 */
	smallest?: true;
}

/** How an attempt ended: a value; a destination does not throw. */
export type Outcome = Delivered | Transient | Configuration | Permanent;
