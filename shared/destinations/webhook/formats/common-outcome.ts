import type { Configuration, Delivered, Outcome, Permanent, Transient } from '../../../delivery/outcome.ts';
import { retryAfterMs } from '../../http/answer.ts';
import type { PostAnswer } from '../send/post-once.ts';
import type { Answered } from './format.ts';

/**
 * What is said of an answer: the status and a word of a fixed list, and sentences of ours. The answer's own text is never quoted, because it may quote the lead
 * or the URL.
 */
interface Said {
	/** Of a fixed list: `no_service`. */
	word?: string;
	/** Without its full stop. */
	reason?: string;
	remedy?: string;
	/** The settings at fault besides the URL. */
	names?: string[];
}

export const codeOf = ({ status }: PostAnswer, word?: string) => (word ? `${status} ${word}` : String(status));

function failed({ answer }: Answered, { word, reason }: Said, what: string) {
	const asked = retryAfterMs({ get: (name) => answer.header(name) ?? null });
	const said = reason ?? `the endpoint ${what} (${answer.status})`;
	return { code: codeOf(answer, word), reason: said, cause: said, ...(asked !== undefined && { retryAfterMs: asked }) };
}

/** It is there. */
export function delivered(
	answered: Answered,
	how: string,
	{ id, warnings = [] }: { id?: string | undefined; warnings?: string[] } = {},
): Delivered {
	const proof = { id: isId(id) ? id : answered.leadId, how };
	return { kind: 'delivered', proof, ...(warnings.length > 0 && { warnings }) };
}

/** An id of the service's: what is none could be anything. */
const isId = (id: string | undefined): id is string => id !== undefined && /^[\w.:/+=-]{1,200}$/.test(id);

export function configuration(answered: Answered, said: Said): Configuration {
	const { setting } = answered;
	return {
		kind: 'configuration',
		...failed(answered, said, 'does not take requests of this kind'),
		remedy:
			said.remedy ?? `Look in the service whether the address in ${setting} is still right and switched on; then set ${setting} again.`,
		names: said.names ?? [setting],
	};
}

/** It may work later. What the endpoint may have done before it failed says so, unless a repetition is known to it. */
export function transient(answered: Answered, said: Said = {}, isOpen = false): Transient {
	return {
		kind: 'transient',
		...failed(answered, said, 'cannot take it at the moment'),
		...(isOpen && !answered.repeatable && { maybeDone: true }),
	};
}

export function permanent(answered: Answered, said: Said): Permanent {
	return {
		kind: 'permanent',
		...failed(answered, said, 'refused the lead'),
		remedy:
			said.remedy ??
			`Look in the service why it refused the lead (its id is in the header x-lead-id); then replay the delivery, or close it.`,
	};
}

/** A refusal that may be about this lead or about all of them looks the same at first. */
const mostRefusals = 3;

/**
 * What looks like a refusal of this lead, but may well be one of every lead: a form that was changed, a body that an endpoint never takes. The first attempts are
 * transient, so that three leads in a row begin a cooldown instead of parking everything.
 */
export function refused(answered: Answered, said: Said = {}): Transient | Permanent {
	const sentence = { reason: `the endpoint refused the lead (${answered.answer.status})`, ...said };
	return answered.attempt <= mostRefusals ? transient(answered, sentence) : { ...permanent(answered, sentence), smallest: true };
}

/** Failures of a gateway or a service that surely came before anything was done. */
const surelyNotDone = new Set([501, 503, 505, 521, 522, 523, 525, 526, 530]);

/**
 * What a status means by itself. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @param success what to make of a 2xx
 */
export function byStatus(answered: Answered, success: (answered: Answered) => Outcome): Outcome {
	const { status } = answered.answer;
	const { setting } = answered;
	if (status >= 200 && status < 300) return success(answered);
	if (status >= 300 && status < 400)
		return configuration(answered, {
			reason: `the endpoint answers with a redirect (${status}), which is not followed`,
			remedy: `Set ${setting} to the address that takes the leads itself.`,
		});
	switch (status) {
		case 401:
		case 403:
		case 407:
			return configuration(answered, {
				reason: `the endpoint refuses the app (${status})`,
				remedy: `Check the key in ${setting}, and the header Authorization if the service wants one.`,
				names: [setting, setting.replace(/_URL$/, '_AUTHORIZATION')],
			});
		case 404:
		case 405:
		case 406:
		case 410:
		case 411:
		case 414:
		case 415:
		case 421:
		case 426:
		case 431:
			return configuration(answered, {});
		case 408:
		case 423:
		case 425:
		case 429:
			return transient(answered);
		case 413:
			return permanent(answered, { reason: 'the endpoint takes no lead of this length (413)' });
		default:
			if (status >= 400 && status < 500) return refused(answered);
			return transient(answered, {}, !surelyNotDone.has(status));
	}
}

/**
 * A success that is not the service's own. One that broke off may well have been: the message is there then, and a repetition would double it.
 *
 * @param said what to tell of a whole one
 */
export const notTheirs = (answered: Answered, said: Said): Configuration | Transient =>
	answered.answer.ended === 'broken'
		? transient(answered, { word: 'broken-off', reason: `the answer broke off (${answered.answer.status})` }, true)
		: configuration(answered, said);

/** The first of some words that a text holds; nothing else of it is told. */
export function wordIn(text: string, words: readonly string[]): string | undefined {
	const lower = text.toLowerCase();
	return words.find((word) => lower.includes(word.toLowerCase()));
}

/** A member of an answer in JSON; undefined for anything else. */
export function memberOf(text: string, name: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>)[name] : undefined;
	} catch {
		return undefined; // not JSON, or cut off
	}
}
