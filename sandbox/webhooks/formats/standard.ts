import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HookRequest, isObject, jsonAnswer, readJson, refusal, type StandIn } from '../stand-in.ts';

/** The clock of a sender may be wrong by so much. */
const toleranceS = 5 * 60;
/** "Payloads should be kept small", under 20 kB: the specification advises, this refuses. */
const mostBytes = 20_000;
/** A text with dots: `lead.received`. */
const typePattern = /^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*$/;

/**
 * A receiver that follows Standard Webhooks 1.0 to the letter: it checks signature, time and form, and knows a repetition by its `webhook-id`.
 *
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standard: StandIn = {
	refuse: (request) => {
		const reading = readJson(request);
		if ('why' in reading) return refusal(415, 'unsupported', reading.why);
		const unsigned = whyNotSigned(request);
		if (unsigned) return refusal(401, 'unauthorized', unsigned);
		if (request.bytes.length > mostBytes) return refusal(413, 'too_large', `The body has more than ${mostBytes} bytes.`);
		const { type, timestamp, data } = reading.body;
		if (typeof type !== 'string' || !typePattern.test(type)) return refusal(400, 'invalid', 'type is not a text with dots.');
		if (typeof timestamp !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(timestamp))
			return refusal(400, 'invalid', 'timestamp is not an ISO 8601 time.');
		if (!isObject(data)) return refusal(400, 'invalid', 'data is not an object.');
		return undefined;
	},
	accept: () => jsonAnswer(200, { received: true }),
	toAnswer: ({ status, code, message }) => jsonAnswer(status, { error: code || 'refused', message }),
	repetition: ({ header }) => header('webhook-id'),
};

/** Why the signature proves nothing; undefined when one of the keys has signed. */
function whyNotSigned({ header, bytes, now, keys }: HookRequest): string | undefined {
	const id = header('webhook-id') ?? '';
	const timestamp = header('webhook-timestamp') ?? '';
	const signatures = header('webhook-signature') ?? '';
	if (id === '' || id.includes('.')) return 'webhook-id is missing, or has a dot.';
	if (!/^\d{1,12}$/.test(timestamp)) return 'webhook-timestamp is not a number of seconds.';
	if (Math.abs(now / 1000 - Number(timestamp)) > toleranceS) return 'webhook-timestamp is not of this attempt.';
	if (signatures === '') return 'webhook-signature is missing: the sender has no secret.';
	const given = signatures.split(' ').flatMap((signature) => {
		const [, base64 = ''] = /^v1,([A-Za-z\d+/]{43}=)$/.exec(signature) ?? [];
		return base64 === '' ? [] : [Buffer.from(base64, 'base64')];
	});
	const isSigned = keys.some((key) => {
		const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest();
		return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
	});
	return isSigned ? undefined : 'No signature is that of a known secret.';
}

/** The keys in a setting: `whsec_` and base64, one or more. */
export const toKeys = (secrets: string): Buffer[] =>
	secrets
		.split(/[\s,;]+/)
		.filter((secret) => secret.startsWith('whsec_'))
		.map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64'));
