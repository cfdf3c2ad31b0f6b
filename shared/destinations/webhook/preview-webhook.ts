import type { DeliveryRequest, DestinationName } from '../../delivery/destination.ts';
import type { DestinationPreview } from '../../delivery/destination-kind.ts';
import { requestOf } from './create-webhook-destination.ts';
import type { WebhookSettings } from './webhook-settings.ts';

/** Never shown: who sees a preview need not know them. */
const secret = new Set(['authorization', 'webhook-signature']);

/** The request that would be sent, without its address and its secrets. */
export async function previewWebhook(name: DestinationName, request: DeliveryRequest, own: WebhookSettings): Promise<DestinationPreview> {
	const { headers, body, warnings } = requestOf(
		request,
		{ ...own, url: own.url ?? 'https://endpoint.invalid/' },
		request.receivedAt.getTime(),
	);
	const text = body.toString('utf8');
	const shown = headers['content-type']?.includes('json') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
	const said = Object.entries(headers).map(([header, value]) => [header, secret.has(header) ? '…' : value]);
	return {
		request: { method: 'POST', headers: Object.fromEntries(said), body: shown },
		lines: () => [
			`Webhook    ${name}, format ${own.format}, ${body.length.toLocaleString('en')} bytes`,
			...JSON.stringify(shown, null, 2)
				.split('\n')
				.map((line) => `  ${line}`),
		],
		warnings: [...warnings.map((warning) => `${name}: ${warning}`), ...(own.url === undefined ? [`${name}: it has no URL`] : [])],
	};
}
