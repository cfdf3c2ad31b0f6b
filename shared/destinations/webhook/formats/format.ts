import type { DeliveryRequest } from '../../../delivery/destination.ts';
import type { Outcome } from '../../../delivery/outcome.ts';
import type { PostAnswer } from '../send/post-once.ts';
import type { WebhookSettings } from '../webhook-settings.ts';

/** What is posted to an endpoint. */
export interface Composed {
	/** `content-type` and what else the format needs. */
	headers: Record<string, string>;
	body: string;
	/** To be added to the query of the URL. */
	query?: Record<string, string>;
	/** What was shortened or left out, for a preview and the log: names of ours and of settings. */
	warnings: string[];
}

/** Whose answer it is. */
export interface Answered {
	answer: PostAnswer;
	leadId: string;
	/** Counted from 1. */
	attempt: number;
	own: WebhookSettings;
	/** `WEBHOOK_SALES_URL` */
	setting: string;
	/** Whether a request that may have been done may be repeated. */
	repeatable: boolean;
}

/** A format: what is posted, and what an answer means. */
export interface Format {
	/** @param now milliseconds since the epoch, of this attempt */
	compose: (request: DeliveryRequest, own: WebhookSettings, now?: number) => Composed;
	/** Whether the body of a success has to be read. */
	readsSuccess: boolean;
	outcome: (answered: Answered) => Outcome;
}
