/** What went wrong, short and without anybody's data, for a log line: `503`, `ECONNREFUSED`, `TimeoutError`. */
export function codeOf(error: unknown): string {
	const { statusCode, code, name } = (error ?? {}) as { statusCode?: number; code?: string; name?: string };
	return [statusCode, code, name].filter((part) => part !== undefined && part !== null && part !== '').join(' ') || 'unknown';
}
