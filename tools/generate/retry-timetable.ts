import { durationMs } from '../../shared/basics/time.ts';
import { nextDue } from '../../shared/delivery/retry-schedule.ts';
import { catalogue } from '../../shared/settings/catalogue.ts';

const settings = {
	retryFirstMs: durationMs(catalogue.DELIVERY_RETRY_FIRST.default ?? '') ?? 0,
	retryWindowMs: durationMs(catalogue.DELIVERY_RETRY_WINDOW.default ?? '') ?? 0,
};

/** When each attempt of a destination that stays down is made, from the retry schedule itself: a Markdown table with the default settings. */
export function retryTimetable(): string {
	const [early, late] = [0, 1].map((random) => [attempts(random, false), attempts(random, true)]);
	const cell = (times: number[] | undefined, index: number) => (times?.[index] === undefined ? '–' : words(times[index]));
	const rows = Array.from({ length: Math.max(...(early ?? []).map((times) => times.length)) }, (_, index) => [
		index + 1,
		cell(early?.[0], index),
		cell(late?.[0], index),
		cell(early?.[1], index),
		cell(late?.[1], index),
	]);
	return [
		'| attempt | earliest | latest | mail that may have been sent: earliest | latest |',
		'|---:|---:|---:|---:|---:|',
		...rows.map((row) => `| ${row.join(' | ')} |`),
	].join('\n');
}

/** The time of each attempt, in milliseconds after the first. */
function attempts(random: number, maybeDone: boolean): number[] {
	const times: number[] = [];
	for (
		let due: number | undefined = 0;
		due !== undefined;
		due = nextDue(settings, { now: due, spent: times.length, windowStart: 0, maybeDone }, () => random)
	)
		times.push(due);
	return times;
}

function words(ms: number): string {
	const [days, hours, minutes, seconds] = [ms / 86_400_000, (ms / 3_600_000) % 24, (ms / 60_000) % 60, (ms / 1000) % 60].map(Math.floor);
	return (
		[days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`, seconds && `${seconds} s`]
			.filter(Boolean)
			.slice(0, 2)
			.join(' ') || 'at once'
	);
}
