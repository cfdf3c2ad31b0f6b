import type { Clock } from '../../shared/basics/time.ts';
import type { CooldownNotice } from '../pages/page-data.ts';
import { type Event, readEvent } from './read-event.ts';

/** Which destinations of the app cool down while leads wait for them, as its log tells. */
export interface CooldownBoard {
	/** A line of the app's log. */
	hear(message: string): void;
	all(): CooldownNotice[];
	/** To be told when it has changed. */
	listen(listener: () => void): void;
}

/** A lead probes when a cooldown is over: what it met is told some moments later. */
const graceMs = 60_000;

export function createCooldownBoard(clock: Clock = Date.now): CooldownBoard {
	const cooldowns = new Map<string, Omit<CooldownNotice, 'leads'> & { leadIds: Set<string> }>();
	const listeners: (() => void)[] = [];

	/** Whether something has changed. */
	function learn({ event, destination, leadId, ...told }: Event): boolean {
		const name = String(destination);
		const known = cooldowns.get(name);
		if (event === 'delivery.postponed') {
			const leadIds = (known?.leadIds ?? new Set()).add(String(leadId));
			cooldowns.set(name, { destination: name, until: String(told.until), why: String(told.why), code: String(told.code), leadIds });
			return true;
		}
		if (event !== 'delivery.attempted' || !known) return false;
		if (told.outcome === 'delivered' || told.outcome === 'permanent') return cooldowns.delete(name);
		cooldowns.set(name, { ...known, until: new Date(clock() + Number(told.dueInMs ?? 0)).toISOString(), code: String(told.code) });
		return true;
	}

	return {
		hear(message) {
			const event = readEvent(message);
			if (event && learn(event)) for (const listener of listeners) listener();
		},
		all: () =>
			[...cooldowns.values()]
				.filter(({ until }) => Date.parse(until) + graceMs > clock())
				.map(({ leadIds, ...rest }) => ({ ...rest, leads: leadIds.size })),
		listen: (listener) => void listeners.push(listener),
	};
}
