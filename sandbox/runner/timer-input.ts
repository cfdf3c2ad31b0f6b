/** What the host remembers of a timer; milliseconds since the epoch, UTC. */
export interface TimerStatus {
	/** The occurrence that ran last; undefined before the first. */
	last?: number;
	next: number;
	updated: number;
}

/** .NET's `default(DateTime)`. */
const never = '0001-01-01T00:00:00+00:00';

/** A timer's input, as the host writes it; the library turns the names into camelCase. */
export function timerInput(status: TimerStatus | undefined, isPastDue: boolean): string {
	const iso = (time: number | undefined) => (time === undefined ? never : new Date(time).toISOString().replace('Z', '+00:00'));
	return JSON.stringify({
		Schedule: { AdjustForDST: true },
		ScheduleStatus: status ? { Last: iso(status.last), LastUpdated: iso(status.updated), Next: iso(status.next) } : null,
		IsPastDue: isPastDue,
	});
}
