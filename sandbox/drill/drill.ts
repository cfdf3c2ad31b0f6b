import type { Clock } from '../../shared/basics/time.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { ServiceName } from '../sandbox-env.ts';

/** A service that can be cut off for a while, so that someone sees what the app does meanwhile. */
export interface Cuttable {
	service: ServiceName;
	/** Until when it is cut off, in ISO 8601; absent: it works. */
	until?: string;
}

/** The outage drill. */
export interface Drill {
	all(): Cuttable[];
	/** It works again by itself after so many seconds; cut off once more, the time begins again. */
	cutOff(service: ServiceName, seconds: number): void;
	/** It works again now. */
	end(service: ServiceName): void;
}

export interface DrillDeps {
	board: Pick<FaultBoard, 'all' | 'set'>;
	clock: Clock;
	/** Does something later; what it returns keeps it from being done. */
	later: (ms: number, work: () => void) => () => void;
	/** The services that the app calls here. */
	services: () => readonly ServiceName[];
}

/** What a service in an outage answers: nothing of the request was done. */
const outage = { kind: 'status', status: 503, share: 1 } as const;

export function createDrill({ board, clock, later, services }: DrillDeps): Drill {
	const cuts = new Map<ServiceName, { until: number; forget: () => void }>();

	/** Someone may have set another fault, or cleared them all, without asking us. */
	function cutOf(service: ServiceName) {
		const fault = Object.entries(board.all()[service] ?? {});
		const ours = new Map<string, unknown>(Object.entries(outage));
		const isOurs = fault.length === ours.size && fault.every(([name, value]) => ours.get(name) === value);
		return isOurs ? cuts.get(service) : undefined;
	}
	function end(service: ServiceName) {
		const isOn = cutOf(service) !== undefined;
		cuts.get(service)?.forget();
		cuts.delete(service);
		if (isOn) board.set({ [service]: null });
	}
	return {
		all: () =>
			services().map((service) => {
				const cut = cutOf(service);
				return { service, ...(cut && { until: new Date(cut.until).toISOString() }) };
			}),
		cutOff(service, seconds) {
			cuts.get(service)?.forget();
			const ms = seconds * 1000;
			cuts.set(service, { until: clock() + ms, forget: later(ms, () => end(service)) });
			board.set({ [service]: outage });
		},
		end,
	};
}
