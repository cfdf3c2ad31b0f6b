/** The code of the innermost cause that has one (`fetch failed` says nothing, its cause says `ECONNREFUSED`), otherwise the error's name. For logs. */
export function causeCode(error: unknown): string {
	const chain = [...causes(error)];
	const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string' && /^[A-Z][A-Z\d_]{1,63}$/.test(code));
	return String(codes.at(-1) ?? chain[0]?.name ?? 'unknown');
}

/** What an error and its causes say, for the journal. */
export function causeMessage(error: unknown): string {
	const messages = [...causes(error)].map(({ message }) => message).filter((message) => typeof message === 'string' && message !== '');
	return messages.join(': ') || String(error);
}

/** The error and its causes, outermost first. Of several addresses that failed the last one stands for all. */
export function* causes(error: unknown): Generator<Record<string, unknown>> {
	const seen = new Set<unknown>();
	for (let cause = error; typeof cause === 'object' && cause !== null && !seen.has(cause); ) {
		seen.add(cause);
		const current = cause as Record<string, unknown>;
		yield current;
		cause = current.cause ?? (Array.isArray(current.errors) ? current.errors.at(-1) : undefined);
	}
}
