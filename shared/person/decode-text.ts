import { decodeHTML } from 'entities';

/** Undoes one way of writing text as other text; what is not written so stays. */
export type DecodeText = (text: string) => string;

/** Most texts are not written so: to see that is cheap. */
const where =
	(sign: string, undo: DecodeText): DecodeText =>
	(text) =>
		text.includes(sign) ? undo(text) : text;

/** The characters of some bytes: UTF-8, or else what Windows writes. */
export function bytesToText(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes); // not UTF-8
	}
}

const hexToText = (hex: string) => bytesToText(Buffer.from(hex, 'hex'));
const fromHex = (hex: string) => {
	const code = Number.parseInt(hex, 16);
	return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
};

/** `\u0040`, `\"`, `\n`: JSON, also broken; `\x40` and `\u{40}` of other languages. */
const undoBackslashes: DecodeText = (text) =>
	text.replace(
		/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([nrtbfv0])|([^\p{L}\p{N}\s]))/giu,
		(_, long, unicode, byte, space, char) => (space ? ' ' : (char ?? fromHex(long ?? unicode ?? byte))),
	);

/** `%40`, and JavaScript's old `%u0040`. */
const undoPercents: DecodeText = (text) =>
	text
		.replace(/%u([0-9a-f]{4})/gi, (_, hex) => fromHex(hex))
		.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => hexToText(codes.replaceAll('%', '')));

/**
 * `note=write+to%20someone%40contoso.com`: a plus is a space in the values of a form or a query. It is the plus of an address that a careless sender has not
 * encoded where the value is named for mail, or where neither `@` nor any space is.
 */
const undoForm: DecodeText = (text) =>
	undoPercents(
		text.replace(/(^|[?&;\s"'])([^=&?\s"']+)=([^&\s"']+)/g, (all, start, name, value) =>
			isAddressWithPlus(name, value) ? all : `${start}${name}=${value.replaceAll('+', ' ')}`,
		),
	);

const isAddressWithPlus = (name: string, value: string) =>
	/^[^+@]+\+[^+@]*(?:%40|@)[^+@]*$/i.test(value) && (/mail/i.test(name) || value.includes('@'));

/** `=40`. */
const undoEquals = where('=', (text) => text.replace(/(?:=[0-9a-f]{2})+/gi, (codes) => hexToText(codes.replaceAll('=', ''))));

/** And lines that end in `=`, which may also be a field of a form before a line break. */
const undoQuotedPrintable = where('=', (text) => undoEquals(text.replace(/=[ \t]*\r?\n/g, '')));

/** `=?utf-8?Q?someone=40contoso.com?=`, the words of mail headers. */
const undoMailWords: DecodeText = (text) =>
	text.replace(/=\?[^?\s]+\?([qb])\?([^?\s]*)\?=(?:\s+(?==\?))?/gi, (_, how, word) =>
		how.toLowerCase() === 'b' ? bytesToText(Buffer.from(word, 'base64')) : undoQuotedPrintable(word.replaceAll('_', ' ')),
	);

/** `someone<wbr>@<b>contoso</b>.com`. */
const undoTags: DecodeText = (text) => text.replace(/<!--.{0,1000}?-->|<\/?[a-z][^<>@]{0,1000}>/gis, '');

/** In the order in which layers are mostly found. */
export const decoders: readonly DecodeText[] = [
	where('\\', undoBackslashes),
	where('%', undoPercents),
	where('+', where('=', undoForm)),
	undoEquals,
	undoQuotedPrintable,
	where('=?', undoMailWords),
	where('&', decodeHTML),
	where('<', undoTags),
];

/** All layers, one after the other: in text that is not quoted-printable, what undoes it would spoil `email=ada@…` or join lines. */
export const decoderSets: readonly (readonly DecodeText[])[] = [
	decoders.filter((undo) => undo !== undoEquals),
	decoders.filter((undo) => undo !== undoQuotedPrintable),
	decoders.filter((undo) => undo !== undoQuotedPrintable && undo !== undoEquals),
];
