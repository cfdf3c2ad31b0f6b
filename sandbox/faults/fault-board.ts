import { type ServiceName, serviceNames } from '../sandbox-env.ts';
import type { Fault } from './fault.ts';

/** Which faults are on. */
export interface FaultBoard {
	/** Sets the faults of the services that are named; null clears. */
	set(faults: Partial<Record<ServiceName, Fault | null>>): void;
	clear(): void;
	all(): Record<ServiceName, Fault | null>;
	/** The fault that strikes this request, if one does. */
	draw(service: ServiceName, hook?: string): Fault | undefined;
}

/** `random` gives 0 (included) to 1 (excluded); `changed` is told when a fault comes or goes. */
export function createFaultBoard({ random, changed }: { random: () => number; changed: () => void }): FaultBoard {
	const faults = new Map<ServiceName, Fault>();
	return {
		set(wanted) {
			for (const service of serviceNames) {
				const fault = wanted[service];
				if (fault === null) faults.delete(service);
				else if (fault) faults.set(service, { ...fault });
			}
			changed();
		},
		clear() {
			faults.clear();
			changed();
		},
		all: () =>
			Object.fromEntries(serviceNames.map((service) => [service, faults.get(service) ?? null])) as Record<ServiceName, Fault | null>,
		draw(service, hook) {
			const fault = faults.get(service);
			if (!fault || (fault.hook !== undefined && fault.hook !== hook) || (fault.share < 1 && random() >= fault.share)) return undefined;
			if (fault.count !== undefined && --fault.count === 0) {
				faults.delete(service);
				changed();
			}
			return fault;
		},
	};
}
