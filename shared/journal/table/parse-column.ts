/** The value of a column that holds JSON; undefined when it cannot be read. */
export function parseColumn(column: unknown): unknown {
	if (typeof column !== 'string') return undefined;
	try {
		return JSON.parse(column);
	} catch {
		return undefined; // cut off, or written by hand
	}
}
