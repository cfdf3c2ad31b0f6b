import type { DestinationName } from '../../delivery/destination.ts';
import type { LoadedKind } from '../../delivery/destination-kind.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { createWebhookDestination } from './create-webhook-destination.ts';
import { previewWebhook } from './preview-webhook.ts';
import type { WebhookSettings } from './webhook-settings.ts';

/** What only a delivery to an endpoint needs. */
export const loadEndpoint = (name: DestinationName): LoadedKind<WebhookSettings> => ({
	open: (own) => createWebhookDestination(name, own),
	checks: { [name]: (deps) => checkEndpoint(name, deps) },
	// No token of ours goes there.
	audiences: () => [],
	preview: (request, own) => previewWebhook(name, request, own),
});
