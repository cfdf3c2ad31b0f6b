import { createHmac } from 'node:crypto';
import type { DeliveryRequest } from '../../../delivery/destination.ts';
import { cut, largestThatFits } from '../../../lead/clean-text.ts';
import type { NamedValue } from '../../../lead/lead.ts';
import { actionInWords, leadReference, sourceInWords } from '../../../lead/lead-words.ts';
import { toCountryCode } from '../../../person/countries.ts';
import { readPhone } from '../../../person/read-phone.ts';
import { byStatus, delivered } from './common-outcome.ts';
import type { Format } from './format.ts';

/** Bytes. Standard Webhooks: "payloads should be kept small", under 20 kB. */
const mostBytes = 19_000;
const [mostNamed, leastValue] = [25, 30];

/**
 * Standard Webhooks 1.0: `type`, `timestamp` and `data`. docs/webhook-standard.schema.json describes every member; members are only ever added. The time is that
 * of receipt, so that a repetition is the same, byte by byte.
 *
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standard: Format = {
	compose: (request) => {
		const whole = JSON.stringify(payloadOf(request));
		const isWhole =
			Buffer.byteLength(whole) <= mostBytes &&
			(request.lead.campaign?.length ?? 0) <= mostNamed &&
			(request.lead.unknown?.length ?? 0) <= mostNamed;
		const text = isWhole ? whole : shortened(request);
		return {
			headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': request.leadId },
			body: text,
			warnings: isWhole ? [] : ['the lead is too long: long values are shortened'],
		};
	},
	readsSuccess: false,
	outcome: (answered) =>
		byStatus(answered, () => {
			const { answer } = answered;
			return delivered(answered, `accepted (${answer.status})`, { id: answer.header('request-id') ?? answer.header('x-request-id') });
		}),
};

function shortened(request: DeliveryRequest): string {
	const compose = (longest: number) => JSON.stringify(payloadOf(request, longest));
	return compose(largestThatFits(leastValue, 32_768, (longest) => Buffer.byteLength(compose(longest)) <= mostBytes));
}

function payloadOf({ lead, leadId, receivedAt, recordUrl, earlier, importedAt }: DeliveryRequest, longest = Number.POSITIVE_INFINITY) {
	const text = (value: string | undefined) => (value && value.length > longest ? `${cut(value, longest - 1)}…` : value);
	const named = (values: NamedValue[] = []) =>
		values.slice(0, mostNamed).map(({ name, value }) => ({ name: text(name), value: text(value) }));
	return {
		type: 'lead.received',
		timestamp: receivedAt.toISOString(),
		data: {
			leadId,
			reference: leadReference(leadId),
			receivedAt: receivedAt.toISOString(),
			...(importedAt && { importedAt: importedAt.toISOString() }),
			isTest: lead.isTest,
			doNotContact: lead.doNotContact,
			hasContact: lead.hasContact,
			source: { code: text(lead.source), words: text(sourceInWords(lead)), leadSource: text(lead.leadSource) },
			action: { code: text(lead.action), words: text(actionInWords(lead)) },
			offer: { id: text(lead.offer), title: text(lead.offerTitle), publisher: text(lead.publisher) },
			person: {
				firstName: text(lead.firstName),
				lastName: text(lead.lastName),
				email: text(lead.email),
				phone: text(lead.phone),
				phoneInternational: text(readPhone(lead)?.shown),
				country: text(lead.country),
				countryCode: lead.country && toCountryCode(lead.country),
				company: text(lead.company),
				title: text(lead.title),
			},
			description: text(lead.description),
			campaign: named(lead.campaign),
			details: named(lead.unknown),
			recordUrl,
			...(earlier && {
				earlier: {
					leadId: earlier.leadId,
					reference: leadReference(earlier.leadId),
					receivedAt: new Date(earlier.receivedAt).toISOString(),
					action: text(earlier.action),
					recordUrl: earlier.recordUrl,
				},
			}),
		},
	};
}

/** The headers of Standard Webhooks over the bytes that are sent: one signature for each key, so that a key can be changed while both are known. */
export function signatureHeaders(
	leadId: string,
	body: Buffer,
	{ secrets, now }: { secrets: readonly Buffer[]; now: number },
): Record<string, string> {
	const timestamp = String(Math.floor(now / 1000));
	const sign = (key: Buffer) => `v1,${createHmac('sha256', key).update(`${leadId}.${timestamp}.`).update(body).digest('base64')}`;
	return {
		'webhook-id': leadId,
		'webhook-timestamp': timestamp,
		...(secrets.length > 0 && { 'webhook-signature': secrets.map(sign).join(' ') }),
	};
}
