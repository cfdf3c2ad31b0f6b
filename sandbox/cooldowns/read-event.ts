/** A line of the app's log. */
export type Event = { event: string } & Record<string, unknown>;

/** Undefined for a line that is not an event. */
export function readEvent(message: string): Event | undefined {
	if (!message.startsWith('{')) return undefined;
	try {
		const event = JSON.parse(message) as Partial<Event>;
		return typeof event.event === 'string' ? (event as Event) : undefined;
	} catch {
		return undefined; // text that only looks like it
	}
}
