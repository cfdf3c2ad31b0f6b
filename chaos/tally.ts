/** What was promised and what arrived, lead by lead. */
export interface Tally {
	/** Leads that were answered 2xx, by customer. */
	accepted: number;
	journaled: number;
	records: number;
	recordDoubles: number;
	/** Records that were written again after they were created. */
	recordsChanged: number;
	mailed: number;
	/** Mails of a lead beyond the first. */
	mailDoubles: number;
	/** Leads that the endpoint was posted, repetitions left out by their `webhook-id`. */
	received: number;
	/** Of these, the ones beyond the first of a customer. */
	receivedDoubles: number;
	/** Repetitions of a `webhook-id`. */
	repeatedPosts: number;
	/** Of the mail doubles and the repeated posts, the ones before which no answer was lost and no worker killed. */
	unexplained: number;
	parked: number;
	lost: number;
}

/** Whether it shows what must not be. */
export const isRed = ({ recordDoubles, recordsChanged, receivedDoubles, unexplained, parked, lost }: Tally): boolean =>
	recordDoubles + recordsChanged + receivedDoubles + unexplained + parked + lost > 0;
