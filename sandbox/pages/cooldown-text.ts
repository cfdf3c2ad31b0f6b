import { cooldownReasons } from '../../shared/delivery/cooldown.ts';
import type { CooldownNotice } from './page-data.ts';

/** A destination that cools down while leads wait for it, in words. */
export function cooldownText({ destination, until, why, code, leads }: CooldownNotice): string {
	const wait = leads === 1 ? '1 lead waits' : `${leads} leads wait`;
	const time = new Date(until).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
	return `${wait}: ${destination} is paused until ${time}, because ${cooldownReasons[why] ?? why} (${code})`;
}
