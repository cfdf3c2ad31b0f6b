import {
	createHttpHeaders,
	createPipelineRequest,
	type HttpClient,
	type HttpMethods,
	type PipelineRequest,
} from '@azure/core-rest-pipeline';
import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConnectionString } from '../../../../shared/storage/account/read-connection-string.ts';
import { signRequest } from '../../../../shared/storage/account/sign-request.ts';
import { propertyRuns } from '../../../support/property-runs.ts';
import { startStandIn } from '../../../support/stand-in.ts';

const connectionString =
	'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=c2VjcmV0IHNlY3JldA==;EndpointSuffix=core.windows.net';

/** What the SDK sends, signed as it signs. */
function recording() {
	const sent: PipelineRequest[] = [];
	const httpClient: HttpClient = {
		sendRequest: async (request) => {
			sent.push(request);
			return { request, status: 500, headers: createHttpHeaders(), bodyAsText: '' };
		},
	};
	return { sent, httpClient };
}

/** By which our client would sign the same request. */
async function signatureOf(service: 'table' | 'queue', { url, method, headers, body }: PipelineRequest): Promise<string | undefined> {
	const account = readConnectionString(connectionString, service);
	if (!('key' in account)) throw new Error('no key');
	const { authorization: _, ...others } = headers.toJSON();
	const request = createPipelineRequest({ url, method, headers: createHttpHeaders(others), ...(body && { body }) });
	await signRequest(service, account).sendRequest(request, async (request) => ({ request, status: 200, headers: createHttpHeaders() }));
	return request.headers.get('authorization');
}

describe('a signature', () => {
	const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());

	it('for tables is the SDK’s', async () => {
		await fc.assert(
			fc.asyncProperty(text, text, async (rowKey, filter) => {
				const { sent, httpClient } = recording();
				const table = TableClient.fromConnectionString(connectionString, 'journal', { httpClient, retryOptions: { maxRetries: 0 } });
				await Promise.allSettled([
					table.getEntity('p', rowKey),
					table.listEntities({ queryOptions: { filter, select: ['x'] } }).next(),
					table.submitTransaction([['create', { partitionKey: 'p', rowKey, filter }]]),
					table.deleteEntity('p', rowKey, { etag: 'W/"1"' }),
					table.createTable(),
				]);
				expect(sent).toHaveLength(5);
				for (const request of sent) expect(await signatureOf('table', request)).toBe(request.headers.get('authorization'));
			}),
			{ numRuns: Math.ceil(propertyRuns.numRuns / 10) },
		);
	});

	it('for queues is the SDK’s', async () => {
		const service = await startStandIn(() => ({ status: 403 }));
		try {
			const queue = new QueueClient(`${connectionString};QueueEndpoint=${service.root}/contoso`, 'bells', {
				retryOptions: { maxTries: 1 },
			});
			await fc.assert(
				fc.asyncProperty(text, text, fc.nat(1000), async (message, popReceipt, seconds) => {
					service.received.length = 0;
					await Promise.allSettled([
						queue.sendMessage(message, { visibilityTimeout: seconds, messageTimeToLive: -1 }),
						queue.receiveMessages({ numberOfMessages: 3, visibilityTimeout: seconds }),
						queue.updateMessage('00000000-0000-4000-8000-000000000000', popReceipt, undefined, seconds),
						queue.deleteMessage('00000000-0000-4000-8000-000000000000', popReceipt),
						queue.getProperties(),
						queue.clearMessages(),
						queue.create(),
					]);
					expect(service.received).toHaveLength(7);
					for (const { method, path, headers, body } of service.received) {
						const own = Object.entries(headers).filter(([name]) => name.startsWith('x-ms-') || name === 'content-type');
						const request = createPipelineRequest({
							url: `${service.root}${path}`,
							method: method as HttpMethods,
							headers: createHttpHeaders(Object.fromEntries(own) as Record<string, string>),
							...(body && { body }),
						});
						expect(await signatureOf('queue', request)).toBe(headers.authorization);
					}
				}),
				{ numRuns: Math.ceil(propertyRuns.numRuns / 10) },
			);
		} finally {
			service.close();
		}
	});
});
