import { createDefaultHttpClient, type HttpClient, type PipelinePolicy, proxyPolicy } from '@azure/core-rest-pipeline';
import { remember } from '../../basics/remember.ts';

/** One for all: its connections are kept. */
const sharedClient = remember(createDefaultHttpClient);

/** How requests go through the proxy that the environment names, by Azure's own client and policy. Those that `NO_PROXY` names do not come here. */
export const openProxied = (): { policy: PipelinePolicy; client: HttpClient } => ({
	policy: proxyPolicy(undefined, { customNoProxyList: [] }),
	client: sharedClient(),
});
