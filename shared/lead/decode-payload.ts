import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** How the bytes of a text are read. */
export interface Charset {
	name: string;
	/** No one declared it, and the bytes are not UTF-8. */
	guessed?: true;
}

/** JSON starts with an ASCII character, so UTF-16 shows itself, and a declared UTF-16 that does not is a mistake. */
function utf16(bytes: Uint8Array): string | undefined {
	const [first, second] = bytes;
	if ((first === 0xff && second === 0xfe) || (first && second === 0)) return 'utf-16le';
	if ((first === 0xfe && second === 0xff) || (first === 0 && second)) return 'utf-16be';
	return undefined;
}

/** The charset that a content type declares, if it is one that we know. */
function declared(contentType: string): string | undefined {
	const charset = /charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType)?.[1];
	if (!charset || /^utf-16/i.test(charset)) return undefined;
	try {
		return new TextDecoder(charset).encoding;
	} catch {
		return undefined; // it throws for nothing but the name
	}
}

/**
 * Whether bytes are text of the charset that most systems had before UTF-8. A few broken bytes in a text that is UTF-8 elsewhere are damage: read in
 * another charset, everything else would be damaged too.
 */
function isOlder(bytes: Uint8Array): boolean {
	if (isUtf8(bytes)) return false;
	const text = new TextDecoder().decode(bytes);
	const broken = text.match(/\ufffd/g)?.length ?? 0;
	return broken >= (text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0);
}

const oneByteALetter = /^(?:windows-125\d|iso-8859-\d+|macintosh|koi8-[ru])$/;

/** A BOM wins over the declared charset; JSON in UTF-16 shows itself; what is neither declared nor UTF-8 is windows-1252, which has a character for every byte. */
export function charsetOf(bytes: Uint8Array, contentType = ''): Charset {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { name: 'utf-8' };
	const known = utf16(bytes) ?? declared(contentType);
	// Libraries declare ASCII or Latin-1 by habit and send UTF-8, which text of a charset with one byte a letter is never by chance.
	if (known && !(oneByteALetter.test(known) && isUtf8(bytes))) return { name: known };
	return isOlder(bytes) ? { name: 'windows-1252', guessed: true } : { name: 'utf-8' };
}

/** The text of a body, without its BOM. What is undecodable becomes U+FFFD. */
export function decodePayload(bytes: Uint8Array, contentType?: string): string {
	const { name } = charsetOf(bytes, contentType);
	const text = new TextDecoder(name).decode(bytes);
	return name === 'windows-1252' ? text.replace(/[\x80-\x9f]/g, (control) => above7f[control.charCodeAt(0) - 0x80] ?? control) : text;
}

/** What windows-1252 has from 0x80 to 0x9F: the decoder of Node.js (20.20) takes it for ISO 8859-1, which has controls there. */
const above7f = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
