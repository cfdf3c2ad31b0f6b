/** Dataverse's error code as lower-case hex (`0x80040237`), from hex or signed decimal; `''` for anything else. */
export function dataverseCode(text: string): string {
	if (/^0x[\da-f]{1,8}$/i.test(text)) return text.toLowerCase();
	const number = Number(text);
	if (!/^-?\d{1,10}$/.test(text) || number < -(2 ** 31) || number >= 2 ** 32) return '';
	return `0x${(number >>> 0).toString(16).padStart(8, '0')}`;
}
