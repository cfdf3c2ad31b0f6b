import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { FindDeps } from '../../shared/operate/find-leads.ts';
import type { Services } from '../../shared/services.ts';
import { progressBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';

/** What every command depends on. */
export interface LeadsToolDeps extends Pick<Services, 'journal' | 'bell' | 'queue' | 'clock' | 'deadline' | 'pause'> {
	/** Which journal, in words. */
	where: string;
	/** Where people see a lead that has been delivered to these destinations, as far as the settings are known here. */
	recordUrl?: (leadId: string, destinations: readonly DestinationName[]) => string | undefined;
	terminal: Terminal;
	/** Ends what would go on until Ctrl-C. */
	ended?: AbortSignal;
	/** Every destination, in the order of showing. */
	destinations: readonly DestinationName[];
}

/** How a command ended. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Finding leads, with its progress in the terminal. */
export const finding = (deps: LeadsToolDeps): FindDeps => ({
	...deps,
	onProgress: (looked, { found, total }) =>
		deps.terminal.progress(total === undefined ? `${looked} looked at, ${found} found` : progressBar(looked, total)),
});
