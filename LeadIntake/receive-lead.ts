import type { HttpHandler, HttpRequest } from '@azure/functions';
import { codeOf } from '../shared/basics/failures.ts';
import { type Log, logTo } from '../shared/basics/log.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import type { Services } from '../shared/services.ts';
import { readBody } from './read-body.ts';
import { takeReceipt } from './take-receipt.ts';
import { methodNotAllowed, toResponse } from './to-response.ts';

/**
 * `POST /api/leads`: reads the payload, makes it durable, answers. Depends on storage alone. Always answers: with HTTP streaming on, the sender of a request
 * whose function throws is told nothing for minutes (https://github.com/Azure/azure-functions-nodejs-library/issues/324).
 */
export const receiveLead =
	(services: Services): HttpHandler =>
	async (request, context) => {
		if (request.method !== 'POST') return methodNotAllowed();
		const log = logTo(context);
		try {
			return await receive(request, services, log);
		} catch (error) {
			log({ event: 'lead.unaccepted', level: 'error', failed: [`intake: ${codeOf(error)}`] });
			return toResponse({ kind: 'unavailable' });
		}
	};

async function receive({ body, headers }: HttpRequest, services: Services, log: Log) {
	const { settings, clock, deadline, journal, spill, bell } = services;
	const { bytes, truncated, late } = await readBody(body as AsyncIterable<Uint8Array> | null, { clock, deadline });
	const receivedAt = clock();
	const contentType = headers.get('content-type');
	const contentEncoding = headers.get('content-encoding');
	const receipt = {
		leadId: newLeadId(receivedAt),
		receivedAt,
		payload: bytes,
		...(contentType && { contentType }),
		...(contentEncoding && { contentEncoding }),
		...(truncated && { truncated }),
		...(late && { late }),
	};
	return toResponse(await takeReceipt(receipt, { settings, journal, spill, bell, deadline, log }));
}
