import type { DeliveryRequest, Destination, DestinationName } from '../../delivery/destination.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import { formats } from './formats/formats.ts';
import { signatureHeaders } from './formats/standard.ts';
import { forbiddenCode } from './send/guarded-lookup.ts';
import { type Post, type PostEnd, postOnce } from './send/post-once.ts';
import type { WebhookSettings } from './webhook-settings.ts';

/** What an endpoint depends on besides its settings. */
export interface EndpointDeps {
	/** Milliseconds since the epoch: of each attempt's signature. */
	now: () => number;
	trust?: Post['trust'];
}

/** An endpoint: one POST an attempt, of whatever format. */
export function createWebhookDestination(
	name: DestinationName,
	own: WebhookSettings,
	{ now, trust }: EndpointDeps = { now: Date.now },
): Destination {
	const setting = `${own.prefix}URL`;
	const { outcome, readsSuccess } = formats[own.format];
	const { repeatable } = own;
	return {
		name,
		deliver: async (request, signal): Promise<Outcome> => {
			const { url } = own;
			if (url === undefined) return unset(setting);
			const { address, headers, body, warnings } = requestOf(request, { ...own, url }, now());
			const end = await postOnce({
				url: address,
				headers,
				body,
				readsSuccess,
				rules: rulesOf({ ...own, url }),
				timeoutMs: own.timeoutMs,
				signal,
				trust,
			});
			if (end.stage === 'failed') return toFailure(end, { setting, repeatable });
			const { leadId, attempt } = request;
			const ended = outcome({ answer: end.answer, leadId, attempt, own, setting, repeatable });
			// What was shortened is a preview's to tell: no one has to fix it.
			const wrong = warnings.filter((warning) => warning.startsWith('WEBHOOK_'));
			return ended.kind === 'delivered' && wrong.length > 0 ? { ...ended, warnings: [...wrong, ...(ended.warnings ?? [])] } : ended;
		},
	};
}

/** An endpoint that is written with http is on one's own machine, which the settings have made sure of. */
export const rulesOf = ({ url, privateNetworks }: WebhookSettings & { url: string }) => ({
	privateNetworks,
	loopback: /^http:/i.test(url),
});

/** The request of an attempt, as it is sent. */
export function requestOf(request: DeliveryRequest, own: WebhookSettings & { url: string }, now: number) {
	const { leadId } = request;
	const composed = formats[own.format].compose(request, own, now);
	const body = Buffer.from(composed.body, 'utf8');
	return {
		address: withQuery(own.url, composed.query),
		body,
		headers: {
			accept: '*/*',
			'accept-encoding': 'identity',
			'user-agent': 'marketplace-lead-intake',
			'x-lead-id': leadId,
			...own.headers,
			...composed.headers,
			...(own.authorization !== undefined && { authorization: own.authorization }),
			...(own.format === 'standard' && signatureHeaders(leadId, body, { secrets: own.secrets, now })),
		} as Record<string, string>,
		warnings: composed.warnings,
	};
}

/**
 * The URL as it was written, with more behind its query; before its fragment, which is never sent. What the query had under such a name goes: with a request id
 * of its own, every message would be a repetition of the first.
 */
function withQuery(url: string, query: Record<string, string> = {}): string {
	const more = new URLSearchParams(query).toString();
	if (more === '') return url;
	const [, address = '', written = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(url) ?? [];
	const isOurs = (parameter: string) => [...new URLSearchParams(parameter).keys()].some((name) => Object.hasOwn(query, name));
	const kept = written.split('&').filter((parameter) => parameter !== '' && !isOurs(parameter));
	return `${address}?${[...kept, more].join('&')}${fragment}`;
}

const unset = (setting: string): Outcome => ({
	kind: 'configuration',
	code: 'settings',
	reason: `${setting} is missing`,
	remedy: `Set the app setting ${setting}.`,
	names: [setting],
});

/** No answer came. A certificate that is not trusted, and an address that must not be called, are for a person. */
function toFailure(
	{ code, sent }: Extract<PostEnd, { stage: 'failed' }>,
	{ setting, repeatable }: { setting: string; repeatable: boolean },
): Outcome {
	if (code === forbiddenCode)
		return {
			kind: 'configuration',
			code,
			reason: `the host of ${setting} has a private address, which is not called`,
			remedy: `Set ${setting} to a public address; for one in your own network, set WEBHOOK_PRIVATE_NETWORKS to its address range. This machine, link-local addresses and those of Azure itself are never called.`,
			names: [setting, 'WEBHOOK_PRIVATE_NETWORKS'],
		};
	if (!sent && /CERT|ERR_TLS|SELF_SIGNED|^ERR_SSL/.test(code))
		return {
			kind: 'configuration',
			code,
			reason: `the certificate of the endpoint is not to be trusted (${code})`,
			remedy: `Check that ${setting} is right and that the certificate of its host is valid.`,
			names: [setting],
		};
	const reason = sent ? `the endpoint did not answer (${code})` : `the endpoint could not be reached (${code})`;
	return { kind: 'transient', code, reason, cause: reason, ...(sent && !repeatable && { maybeDone: true }) };
}
