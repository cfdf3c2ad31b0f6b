import { durationMs } from '../basics/time.ts';

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;
const dayMs = 86_400_000;

/**
 * A point in time: an ISO 8601 date or time (UTC unless it says otherwise), or a duration, which means so long ago. Undefined for anything else.
 *
 * @param side A date alone means its first or its last millisecond.
 */
export function readTime(text: string, now: number, side: 'since' | 'until'): number | undefined {
	const ago = durationMs(text);
	if (ago !== undefined) return now - ago;
	const [, date, clock, zone = 'Z'] = pattern.exec(text) ?? [];
	if (!date) return undefined;
	const time = Date.parse(clock ? `${date}T${clock}${zone}` : date);
	// `2026-02-31` would be read as a day of March.
	if (Number.isNaN(time) || new Date(Date.parse(date)).toISOString().slice(0, 10) !== date) return undefined;
	return clock || side === 'since' ? time : time + dayMs - 1;
}
