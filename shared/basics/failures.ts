/** What went wrong, short and without anyone's data, for a log line: `503`, `ECONNREFUSED`, `TimeoutError`. Never throws. */
export function codeOf(error: unknown): string {
	try {
		const { statusCode, code, name } = (error ?? {}) as { statusCode?: number; code?: string; name?: string };
		return [statusCode, code, name].filter((part) => part !== undefined && part !== null && part !== '').join(' ') || 'unknown';
	} catch {
		return 'unknown'; // It cannot even be read.
	}
}

/**
 * A service seems to agree, but its answer does not prove it: it is the page of a proxy, empty, cut off, or has too few parts. Nothing is known of what was
 * asked: it may have been done. Who catches it asks for the truth, or does it again where that is safe.
 */
export class UnprovenAnswer extends Error {
	constructor(service: string, what: string) {
		super(`${service} answered without ${what}: a proxy, a firewall or a sign-in page may have answered in its place`);
		this.name = 'UnprovenAnswer';
	}
}
