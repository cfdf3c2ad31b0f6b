/** A request body, as far as it is taken. */
export interface Body {
	bytes: Uint8Array;
	/** There was more. */
	truncated: boolean;
}

/** 32 KiB: a lead is 1 to 2 KiB; this much fits a row of the journal and a message of the spill. */
export const mostBytes = 32 * 1024;

/** So much is read on and forgotten: unread, it would block the connection on which the host hands the next lead to the worker. */
const mostForgotten = 16 * 1024 * 1024;

/** Keeps at most 32 KiB; of a body that breaks off, what came. */
export async function readBody(stream: AsyncIterable<Uint8Array> | null): Promise<Body> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of stream ?? []) {
			if (length <= mostBytes) chunks.push(chunk);
			length += chunk.length;
			if (length > mostForgotten) break;
		}
	} catch {
		// The sender is gone; what it said is read (and then found wanting) all the same.
	}
	const bytes = Buffer.concat(chunks);
	return { bytes: bytes.subarray(0, mostBytes), truncated: length > mostBytes };
}
