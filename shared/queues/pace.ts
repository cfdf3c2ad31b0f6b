import type { DestinationName } from '../delivery/destination.ts';
import type { RetrySettings } from '../delivery/retry-schedule.ts';

/** How many deliveries that have waited are made in one `DELIVERY_RETRY_FIRST`; without a number, all of them. */
const inFirstStep: Partial<Record<DestinationName, number>> = { email: 12.5 };

/**
 * How far apart deliveries that have waited are made, in milliseconds; 0: it does not matter. A mailbox sends thirty mails a minute, whatever the number of
 * instances; twenty-five for what has waited leave room for new leads, which wait for nobody. It goes by `DELIVERY_RETRY_FIRST` as all waiting does.
 */
export function paceOf(name: DestinationName, { retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'>): number {
	const count = inFirstStep[name];
	return count === undefined ? 0 : Math.ceil(retryFirstMs / count);
}
