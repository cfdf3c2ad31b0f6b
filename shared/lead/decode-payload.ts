import { TextDecoder } from 'node:util';

/** JSON starts with an ASCII character, so UTF-16 shows itself, and a declared UTF-16 that does not is a mistake. */
function utf16(bytes: Uint8Array): string | undefined {
	const [first, second] = bytes;
	if ((first === 0xff && second === 0xfe) || (first && second === 0)) return 'utf-16le';
	if ((first === 0xfe && second === 0xff) || (first === 0 && second)) return 'utf-16be';
	return undefined;
}

function declared(contentType: string): string | undefined {
	const charset = /charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType)?.[1];
	return charset?.toLowerCase().startsWith('utf-16') ? undefined : charset;
}

/** The decoder of a charset's name; of UTF-8 when the name is not known. */
function decoder(charset: string): TextDecoder {
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder(); // it throws for nothing but the name
	}
}

/** The text of a body, without its BOM. A BOM wins over the declared charset; what is undecodable becomes U+FFFD. */
export function decodePayload(bytes: Uint8Array, contentType = ''): string {
	const utf8 = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	return decoder(utf8 ? 'utf-8' : (utf16(bytes) ?? declared(contentType) ?? 'utf-8')).decode(bytes);
}
