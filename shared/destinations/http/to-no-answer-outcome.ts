import { UnprovenAnswer } from '../../basics/failures.ts';
import type { Configuration, Transient } from '../../delivery/outcome.ts';
import { causeCode, causeMessage } from './cause-code.ts';

/** The outcome when a service could not be reached, or did not answer. It works again by itself, unless its certificate is not to be trusted. */
export function toNoAnswerOutcome(error: unknown, service: string, setting: string): Transient | Configuration {
	const code = causeCode(error);
	const reason = error instanceof UnprovenAnswer ? error.message : `${service} did not answer: ${causeMessage(error)}`;
	const failed = { code, reason };
	if (!/CERT|ERR_TLS|SELF_SIGNED/.test(code)) return { kind: 'transient', ...failed };
	const remedy = `Check that ${setting} is right and that nothing between the app and ${service} replaces its certificate.`;
	return { kind: 'configuration', ...failed, remedy, names: [setting] };
}
