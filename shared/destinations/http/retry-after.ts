/** A destination that asks for more is probed once a day nevertheless. */
const longestMs = 24 * 3_600_000;

/**
 * Milliseconds that an answer asks us to wait (RFC 9110, 10.2.3); undefined when it does not. A date is measured by the answer's own `Date`, so that no
 * clocks are compared.
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>): number | undefined {
	const text = headers.get('retry-after')?.trim() ?? '';
	const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers.get('date') ?? '');
	return ms >= 0 ? Math.min(Math.ceil(ms), longestMs) : undefined;
}
