import type { QueueSettings } from '../../host/host-settings.ts';

/** A message as the host reads it. */
export interface ReadMessage {
	/** For the function; absent when its bytes are not UTF-8: then the host fails at each try, and calls no function. */
	body?: string;
	/** For the poison queue, encoded afresh; absent when the text is not in the encoding that host.json names: the host takes that for poison at once. */
	copy?: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the text of a message. White space within base64 is passed over, as .NET does. */
export function readMessage(text: string, encoding: QueueSettings['messageEncoding']): ReadMessage {
	if (encoding === 'none') return { body: text, copy: text };
	const letters = text.replace(/[ \t\r\n]/g, '');
	if (letters.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(letters)) return {};
	const bytes = Buffer.from(letters, 'base64');
	const copy = bytes.toString('base64');
	try {
		return { body: utf8.decode(bytes), copy };
	} catch {
		return { copy };
	}
}
