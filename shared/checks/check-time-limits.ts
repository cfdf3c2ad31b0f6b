import { readHost } from '../../host/read-host.ts';
import { timeSpanMs } from '../../host/time-span.ts';
import { failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/how-to-set.ts';
import type { Check } from './check.ts';

/** Before and after an attempt a delivery reads and writes the journal. */
const marginMs = 60_000;

/** Whether an attempt fits into what the host gives an invocation: one that is cut off ends without an outcome, and a mail may come twice. */
export const checkTimeLimits: Check = (deps) => {
	const { settings, environment } = deps;
	const host = readHost(deps);
	if (!host) return []; // said by the check of host.json
	const limit = host('functionTimeout') ?? '00:30:00';
	const limitMs = limit === '-1' ? Number.POSITIVE_INFINITY : timeSpanMs(limit);
	if (limitMs === undefined)
		return [
			failure(
				'time limits',
				'functionTimeout is no time that the host reads: it does not start.',
				'Give functionTimeout its 00:05:00 back in host.json, and publish it.',
			),
		];
	if (settings.attemptTimeoutMs + marginMs <= limitMs) return [ok('time limits', 'An attempt ends before the host ends its function.')];
	return [
		warning(
			'time limits',
			'DELIVERY_ATTEMPT_TIMEOUT is hardly shorter than functionTimeout of host.json: attempts may be cut off, and mails come twice.',
			`${howToSet('DELIVERY_ATTEMPT_TIMEOUT', environment).replace('=…', '=PT60S')} Or give functionTimeout its 00:05:00 back.`,
		),
	];
};
