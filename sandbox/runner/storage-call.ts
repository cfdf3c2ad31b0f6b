/** No call to storage takes longer. */
export const storageSignal = (): AbortSignal => AbortSignal.timeout(20_000);

/** `QueueNotFound`, `PopReceiptMismatch`, `ECONNREFUSED` … */
export function codeOfStorage(error: unknown): string {
	const { code, name, message, details } = error as { code?: string; name?: string; message?: string; details?: { errorCode?: string } };
	return details?.errorCode ?? code ?? name ?? message ?? String(error);
}

/** 403, 500 …; undefined when storage has given no answer, or none that is its own. */
export function statusOfStorage(error: unknown): number | undefined {
	const { statusCode = 0 } = error as { statusCode?: number };
	return statusCode >= 400 ? statusCode : undefined;
}
