/**
 * The code by which storage itself names a refusal: `ResourceNotFound`, `QueueNotFound`. Undefined when it names none: then somebody else has answered, or
 * half of the answer is missing, and its status proves nothing. Where the SDKs leave it differs by operation.
 *
 * https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
 */
export function storageCode(error: unknown): string | undefined {
	const { code, details, message, response } = (error ?? {}) as SdkError;
	const places = [details?.odataError?.code, details?.errorCode, code, response?.headers?.get('x-ms-error-code'), codeIn(message)];
	return places.find((place) => typeof place === 'string' && /^[A-Z][a-z]\w+$/.test(place));
}

interface SdkError {
	code?: string;
	details?: { odataError?: { code?: string }; errorCode?: string };
	message?: string;
	response?: { headers?: { get: (name: string) => string | undefined } };
}

/** Of a transaction, tables leave it in the message, as JSON. */
const codeIn = (message: unknown) => (typeof message === 'string' ? /"code":\s*"(\w+)"/.exec(message)?.[1] : undefined);
