import { ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/how-to-set.ts';
import type { Check } from './check.ts';

const often = /^(\*|\*\/1|0-23)$/;

/** Whether the sweep runs in every hour: what waits is found by it, and the alert `silent` comes when it has not run for one. */
export const checkSchedule: Check = ({ settings, environment }) => {
	const [, , hour = '*', ...days] = settings.sweepSchedule.trim().split(/\s+/);
	if (often.test(hour) && days.every((part) => part === '*')) return [ok('sweep', 'It runs in every hour.')];
	return [
		warning(
			'sweep',
			'LEAD_SWEEP_SCHEDULE leaves out whole hours: what waits is found later, and the alert "silent" comes though nothing is wrong.',
			howToSet('LEAD_SWEEP_SCHEDULE', environment).replace('=…', '=0 */5 * * * *'),
		),
	];
};
