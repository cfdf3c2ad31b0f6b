/** A body as far as it was read. */
interface ReadText {
	text: string;
	/** Whether that is all of it. */
	whole: boolean;
}

/** Bytes. More than any error of Graph or Dataverse; a proxy or a broken service may send without end. */
export const mostOfAnswer = 64 * 1024;

/**
 * Reads the body of an answer, at most `mostBytes` of it; the rest is cancelled, which closes the connection. A shorter one is read to its end, so that the
 * connection is used again. Never throws: of a body that breaks off (also by the request's signal) it gives what came.
 */
export async function readText({ body }: Pick<Response, 'body'>, mostBytes = mostOfAnswer): Promise<ReadText> {
	const decoder = new TextDecoder();
	let text = '';
	let left = mostBytes;
	try {
		for await (const chunk of body ?? []) {
			text += decoder.decode(chunk.subarray(0, left), { stream: true });
			left -= chunk.length;
			if (left < 0) return { text, whole: false };
		}
	} catch {
		return { text, whole: false };
	}
	return { text: text + decoder.decode(), whole: true };
}
