/** A time as a list shows it: the hour today, otherwise the day. */
export function shortTime(iso: string, now: Date = new Date()): string {
	const time = new Date(iso);
	return time.toDateString() === now.toDateString()
		? time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
		: time.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

/** The time of a day, to the second. */
export const exactTime = (iso: string): string =>
	new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A time in full, in the reader's own zone. */
export const longTime = (iso: string): string => new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
