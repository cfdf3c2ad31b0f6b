import { toHostSettings } from '../../host/host-settings.ts';
import { readHostFile } from '../../host/read-host-file.ts';
import { ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import type { Check } from './check.ts';

/** Before and after an attempt a delivery reads and writes the journal. */
const marginMs = 60_000;

/** Whether an attempt fits into what the host gives an invocation: one that is cut off ends without an outcome, and a mail may come twice. */
export const checkTimeLimits: Check = ({ settings, hostFile, environment }) => {
	const file = readHostFile(hostFile, environment);
	const host = file && toHostSettings(file);
	if (!host || host.problems.some(({ name }) => name === 'functionTimeout')) return []; // said by the check of host.json
	const limitMs = host.settings.functionTimeoutMs ?? Number.POSITIVE_INFINITY;
	if (settings.attemptTimeoutMs + marginMs <= limitMs) return [ok('time limits', 'An attempt ends before the host ends its function.')];
	return [
		warning(
			'time limits',
			'DELIVERY_ATTEMPT_TIMEOUT is too close to functionTimeout of host.json: attempts may be cut off, and mails may come twice.',
			`${howToSet('DELIVERY_ATTEMPT_TIMEOUT', environment).replace('=…', '=PT60S')} Or set functionTimeout to 00:05:00.`,
		),
	];
};
