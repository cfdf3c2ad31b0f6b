import { restReasons } from '../../shared/delivery/rest-reasons.ts';
import type { RestNotice } from './page-data.ts';

/** A destination that rests while leads wait for it, in words. */
export function restText({ destination, until, why, code, leads }: RestNotice): string {
	const wait = leads === 1 ? '1 lead waits' : `${leads} leads wait`;
	const time = new Date(until).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
	return `${wait}: ${destination} is not called until ${time}, because ${restReasons[why] ?? why} (${code})`;
}
