import type { Outcome } from '../../delivery/outcome.ts';

/** Why a service refuses, and what a person does about it: one row of a service's table, in our own words, free of what leads say. */
export interface Cause {
	kind: Exclude<Outcome['kind'], 'delivered'>;
	/** A sentence without its full stop. */
	reason: string;
	/** The one thing to do. */
	remedy: string;
	/** The settings or the permission at fault, by name. */
	names?: string[];
}

/** Our reason, with what the service itself said. */
export const reasonOf = ({ reason }: Pick<Cause, 'reason'>, said: string) => (said === '' ? reason : `${reason}: ${said}`);

/** The cause of an outcome behind what is said of it. */
export const because = ({ cause }: { cause?: string }) => (cause === undefined ? '' : `: ${cause}`);
