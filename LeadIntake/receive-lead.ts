import type { HttpHandler } from '@azure/functions';
import { logTo } from '../shared/basics/log.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import type { Services } from '../shared/services.ts';
import { readBody } from './read-body.ts';
import { takeReceipt } from './take-receipt.ts';
import { methodNotAllowed, toResponse } from './to-response.ts';

/** `POST /api/leads`: reads the payload, makes it durable, answers. Depends on storage alone. */
export const receiveLead =
	(services: Services): HttpHandler =>
	async (request, context) => {
		if (request.method !== 'POST') return methodNotAllowed();
		const { settings, clock, deadline, journal, spill, bell } = services;
		const { bytes, truncated } = await readBody(request.body as AsyncIterable<Uint8Array> | null);
		const receivedAt = clock();
		const contentType = request.headers.get('content-type');
		const receipt = {
			leadId: newLeadId(receivedAt),
			receivedAt,
			payload: bytes,
			...(contentType && { contentType }),
			...(truncated && { truncated }),
		};
		return toResponse(await takeReceipt(receipt, { settings, journal, spill, bell, deadline, log: logTo(context) }));
	};
