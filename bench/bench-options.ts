import type { Accounts } from '../chaos/open-accounts.ts';

/** How much is measured. */
export interface BenchOptions {
	/** Runs of each part whose median is told. */
	rounds: number;
	/** Leads in the greater of the two journals that are compared. */
	stored: number;
	/** A smoke test: everything runs once and briefly; its times mean nothing. */
	quick: boolean;
	/** So many storage accounts on one Azurite, empty ones. */
	openStorage: (accounts: number) => Promise<Accounts>;
	/** Told what is going on. */
	report: (line: string) => void;
}
