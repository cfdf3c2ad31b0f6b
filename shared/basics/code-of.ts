/** What went wrong, short and without anyone's data, for a log line: `503`, `ECONNREFUSED`, `TimeoutError`. Never throws. */
export function codeOf(error: unknown): string {
	try {
		const { statusCode, code, name } = (error ?? {}) as { statusCode?: number; code?: string; name?: string };
		return [statusCode, code, name].filter((part) => part !== undefined && part !== null && part !== '').join(' ') || 'unknown';
	} catch {
		return 'unknown'; // It cannot even be read.
	}
}
