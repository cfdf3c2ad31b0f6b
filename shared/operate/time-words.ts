const steps = [
	['day', 86_400_000],
	['h', 3_600_000],
	['min', 60_000],
	['s', 1000],
] as const;

/** `2026-11-23 14:05:07`, UTC. */
export const timeText = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** A length of time, roughly: `3 days`, `1 day`, `4 h`, `2 min`, `15 s`, `250 ms`. */
export function durationText(ms: number): string {
	for (const [unit, size] of steps) {
		const count = Math.floor(ms / size);
		if (count >= 1) return `${count} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`;
	}
	return `${Math.max(0, Math.round(ms))} ms`;
}

/** `3 days ago`, `in 4 min`, `now`. */
export function relativeText(time: number, now: number): string {
	const ms = time - now;
	if (Math.abs(ms) < 1000) return 'now';
	return ms > 0 ? `in ${durationText(ms)}` : `${durationText(-ms)} ago`;
}
