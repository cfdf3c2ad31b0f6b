const brace = '{'.charCodeAt(0);
const emptyObject = /^\s*\}/;

/**
 * The same payload with one more member, `SampleRun`: another content id, one more line in the mail, everything else untouched, byte by byte.
 * What does not begin like a JSON object (also in a list, or as a text) in an ASCII-like encoding is given back as it is.
 */
export function markUnique(body: Uint8Array<ArrayBuffer>, mark: string): Uint8Array<ArrayBuffer> {
	const at = body.indexOf(brace);
	const before = Buffer.from(body.subarray(0, Math.max(at, 0))).toString('utf8');
	if (at < 0 || !['', '[', '"'].includes(before.trim()) || body[at + 1] === 0) return body;
	const rest = body.subarray(at + 1);
	const comma = emptyObject.test(Buffer.from(rest).toString('latin1')) ? '' : ',';
	const member = `"SampleRun":${JSON.stringify(mark)}${comma}`;
	const written = before.trim() === '"' ? JSON.stringify(member).slice(1, -1) : member;
	return new Uint8Array(Buffer.concat([body.subarray(0, at + 1), Buffer.from(written), rest]));
}
