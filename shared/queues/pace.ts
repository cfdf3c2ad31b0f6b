import type { DestinationName } from '../delivery/destination.ts';
import { type DestinationKind, kindOf } from '../delivery/destination-kind.ts';
import type { RetrySettings } from '../delivery/retry-schedule.ts';

/** How far apart deliveries that have waited are made, in milliseconds; 0: it does not matter. It goes by `DELIVERY_RETRY_FIRST` as all waiting does. */
export function paceOf(
	name: DestinationName,
	{ kinds, retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'> & { kinds: readonly DestinationKind[] },
): number {
	const count = kindOf(kinds, name)?.inFirstStep;
	return count === undefined ? 0 : Math.ceil(retryFirstMs / count);
}
