/**
 * The code by which storage itself names a refusal: `ResourceNotFound`, `QueueNotFound`. Undefined when it names none: then someone else has answered, or
 * half of the answer is missing, and its status proves nothing.
 *
 * https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
 */
export function storageCode(error: unknown): string | undefined {
	const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: string };
	return statusCode !== undefined && typeof code === 'string' && /^[A-Z][a-z]\w+$/.test(code) ? code : undefined;
}
