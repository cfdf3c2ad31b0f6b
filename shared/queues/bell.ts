import { isLeadId } from '../lead/lead-id.ts';

/** Name of the queue whose messages say "look at these leads". */
export const bellQueue = 'bells';

/** The host puts a bell that failed too often here, where no one would hear it. */
export const poisonQueue = `${bellQueue}-poison`;

/** How far ahead a bell is rung; what is due later is the sweep's. */
export const bellHorizonMs = 5 * 60_000;

/** So many leads share a bell at most. */
export const mostLeadsOfBell = 16;

/** Rings for a lead, now or after a delay. Losing a bell costs time, not a lead. */
export type RingBell = (leadId: string, options: { delayMs?: number; signal: AbortSignal }) => Promise<void>;

/**
 * The message that names these leads. An envelope: top-level members of a JSON message overwrite what the Functions host tells about it. The first lead stands
 * where a version of the app that knows one lead for each bell looks for it; that version leaves the others to the sweep.
 */
export function toBell([leadId, ...more]: string[]): string {
	return JSON.stringify({ bell: { v: 1, leadId, ...(more.length > 0 && { more }) } });
}

/** The lead ids of a queue message, which may have been made by anyone, each of them once; none when it is not a bell. */
export function leadIdsOfBell(message: unknown): string[] {
	let content = message;
	if (typeof message === 'string')
		try {
			content = JSON.parse(message);
		} catch {
			return []; // not JSON: not a bell
		}
	const { leadId, more } = (content as { bell?: { leadId?: unknown; more?: unknown } | null } | null)?.bell ?? {};
	return [...new Set([leadId, ...(Array.isArray(more) ? more : [])].filter(isLeadId))];
}
