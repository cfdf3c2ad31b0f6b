import { iso } from '../../shared/operate/lead-record.ts';
import type { Today } from '../today/read-today.ts';
import type { Todo } from '../today/to-todo.ts';

/** What the first page shows, as JSON gives it: times in ISO 8601. */
export function toTodayRecord({ now, latest, destinations, ...today }: Today, todo: Todo[]) {
	return {
		now: iso(now),
		...(latest !== undefined && { latest: iso(latest) }),
		todo,
		...today,
		destinations: destinations.map(({ oldest, cooldown, ...destination }) => ({
			...destination,
			...(oldest !== undefined && { oldest: iso(oldest) }),
			...(cooldown && { cooldown: { until: iso(cooldown.until), why: cooldown.why, code: cooldown.code } }),
		})),
	};
}
