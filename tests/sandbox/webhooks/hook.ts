import { sandboxEndpoints } from '../../../sandbox/start/sandbox-endpoints.ts';
import type { DeliveryRequest } from '../../../shared/delivery/destination.ts';
import { createWebhookDestination, requestOf } from '../../../shared/destinations/webhook/create-webhook-destination.ts';
import type { FormatName } from '../../../shared/destinations/webhook/format-traits.ts';
import { deliveryRequest } from '../../support/delivery-request.ts';
import { endpointOf } from '../../support/endpoint.ts';

/** The endpoint `sales` of the sandbox, as `WEBHOOK_SALES_FORMAT` alone makes it; `texts` are further settings of it. */
export function sandboxEndpoint(url: string, format: FormatName, texts: Record<string, string> = {}) {
	const named = { WEBHOOK_SALES_FORMAT: format };
	const { settings } = sandboxEndpoints(named, url);
	const parts = Object.entries({ ...named, ...settings }).map(([name, value]) => [name.replace('WEBHOOK_SALES_', ''), value ?? '']);
	const read = endpointOf({ ...Object.fromEntries(parts), ...texts });
	if (read.settings.issues.length > 0 || read.own.url === undefined) throw new Error(JSON.stringify(read.settings.issues));
	return { ...read.own, url: read.own.url };
}

/** Delivers a lead as the app does. */
export const deliverTo = (url: string, format: FormatName, request = deliveryRequest(), texts: Record<string, string> = {}) =>
	createWebhookDestination('webhook:sales', sandboxEndpoint(url, format, texts)).deliver(request, new AbortController().signal);

/** The request that the app would send, for whoever changes something of it first. */
export function composed(url: string, format: FormatName, request: DeliveryRequest = deliveryRequest(), now = Date.now()) {
	const { address, headers, body } = requestOf(request, sandboxEndpoint(url, format), now);
	return { address, headers, body };
}

/** Posts it. */
export async function post({
	address,
	headers,
	body,
}: {
	address: string;
	headers: Record<string, string>;
	body: string | Buffer<ArrayBuffer>;
}) {
	const response = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
	return { status: response.status, text: await response.text(), headers: response.headers };
}
