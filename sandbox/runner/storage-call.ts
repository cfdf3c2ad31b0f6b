/** No call to storage takes longer. */
export const storageSignal = (): AbortSignal => AbortSignal.timeout(20_000);

/** `QueueNotFound`, `PopReceiptMismatch`, `ECONNREFUSED` … */
export function codeOfStorage(error: unknown): string {
	const { code, name, message, details } = error as { code?: string; name?: string; message?: string; details?: { errorCode?: string } };
	return details?.errorCode ?? code ?? name ?? message ?? String(error);
}
