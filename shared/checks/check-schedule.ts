import { comesEveryHour } from '../../host/ncrontab.ts';
import { ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import type { Check } from './check.ts';

/** Whether the sweep runs in every hour: what waits is found by it, and the alert `silent` comes when it has not run for one. */
export const checkSchedule: Check = ({ settings, environment }) => {
	if (comesEveryHour(settings.sweepSchedule)) return [ok('sweep', 'The sweep runs at least hourly.')];
	return [
		warning(
			'sweep',
			'LEAD_SWEEP_SCHEDULE skips whole hours: waiting leads are found later, and the alert "silent" is raised although nothing is wrong.',
			howToSet('LEAD_SWEEP_SCHEDULE', environment).replace('=…', '=0 */5 * * * *'),
		),
	];
};
