import { remember } from '../../../basics/remember.ts';
import { type Clock, within } from '../../../basics/time.ts';
import { builtInColumns } from './built-in-columns.ts';
import type { LeadColumns } from './lead-column.ts';

/** For how long an answer is good, and when to ask again after none. */
const [goodForMs, againAfterMs] = [6 * 3_600_000, 5 * 60_000];
/** A lead waits no longer for them. */
export const columnsTimeoutMs = 3000;

/** The columns to fill; never throws, and ends soon after `signal` aborts. */
export type GetColumns = (signal: AbortSignal) => Promise<LeadColumns>;

interface RememberColumnsDeps {
	read: (signal: AbortSignal) => Promise<LeadColumns>;
	clock: Clock;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
}

/**
 * Asks for the columns when nothing is known or it is hours old; leads at the same time wait for one and the same question. While there is no answer, what was
 * known before serves, and at first the built-in table.
 */
export function rememberColumns({ read, clock, deadline }: RememberColumnsDeps): GetColumns {
	let known = builtInColumns;
	const ask = async () => {
		const signal = deadline(columnsTimeoutMs);
		try {
			known = await within(signal, () => read(signal));
			return goodForMs;
		} catch {
			// Unreachable, slow or not allowed: no reason to hold a lead back. `npm run doctor` tells which.
			return againAfterMs;
		}
	};
	const look = remember(ask, { lasts: { clock, ms: (ms) => ms } });
	return async (signal) => {
		const looked = look();
		await within(signal, () => looked).catch(() => undefined); // The attempt is over, as its request will say.
		return known;
	};
}
