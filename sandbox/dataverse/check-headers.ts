import type { Refusal } from '../refusal.ts';
import { payloadRefusal } from './payload-refusal.ts';

/**
 * Refuses a request without the headers that every request should include. Dataverse guesses a version where they are missing; the guess is not
 * to be leaned on. Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#http-headers
 */
export function checkHeaders(headers: Headers, hasBody: boolean): Refusal | undefined {
	for (const name of ['OData-Version', 'OData-MaxVersion']) {
		if (headers.get(name) !== '4.0') return payloadRefusal(`The header ${name} is missing or not '4.0'.`);
	}
	if (!/application\/json|\*\/\*/.test(headers.get('accept') ?? '')) {
		return payloadRefusal('A supported MIME type could not be found that matches the acceptable MIME types for the request.');
	}
	if (hasBody && !/^application\/json\b/i.test(headers.get('content-type') ?? '')) {
		return payloadRefusal(
			'A missing or empty content type header was found when trying to read a message. The content type header is required.',
		);
	}
	return undefined;
}
