/** What is searched: texts, and phone numbers, of which digits are compared. */
export interface Searched {
	texts: (string | undefined)[];
	phones?: (string | undefined)[];
}

/**
 * How people search: several words, each of them somewhere in the texts, in any casing, with or without accents (`angstrom` finds Ångström); or a phone
 * number, however it is written; brackets and quotes around a word do not count (`[#cb9ad2a8]`). `meant` finds what a word means beside what it is.
 */
export function searchFor(search: string): (searched: Searched, meant?: (word: string) => boolean) => boolean {
	const words = wordsIn(search);
	const number = digitsOfNumber(search);
	return ({ texts, phones = [] }, meant = () => false) => {
		const text = withoutAccents(texts.filter((text) => text !== undefined).join('\n'));
		const numbers = phones.flatMap((phone) => (phone ? [significantDigits(phone)] : []));
		if (number && numbers.some((digits) => isSameNumber(digits, number))) return true;
		const isPartOfNumber = (word: string) => {
			const digits = /^\d+$/.test(word) ? significantDigits(word) : '';
			return digits.length >= fewestDigits && numbers.some((number) => number.includes(digits));
		};
		return words.every((word) => text.includes(withoutAccents(word)) || isPartOfNumber(word) || meant(word));
	};
}

const wordsIn = (search: string) => search.split(/\s+/u).map(bare).filter(Boolean);

/** Whether there is anything to look for: brackets and quotes alone would find everything. */
export const hasWords = (search: string): boolean => wordsIn(search).length > 0;

/** Fewer are part of too many numbers. */
const fewestDigits = 4;

/** Letters that Unicode does not take apart into a letter and its accent. */
const unaccented: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ħ: 'h', ı: 'i' };

/** Text as texts are compared: in small letters without accents. */
export const withoutAccents = (text: string): string =>
	text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{Mn}/gu, '')
		.replace(/[ßłøđðþæœħı]/gu, (letter) => unaccented[letter] ?? letter);

const bare = (word: string) => word.replace(/^[[({<"'„“«#]+|[\])}>"'”“»,;]+$/gu, '');

/** Digits without those by which a number is called abroad or at home: `+44`, `0044`, `020`, `(0)20`. */
const significantDigits = (number: string) => digitsIn(number.normalize('NFKC').replace(/\(0\)/g, '')).replace(/^0+/, '');

/** Also Arabic ones, which begin at a multiple of 16. */
const digitsIn = (text: string) =>
	text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 15)).replace(/\D/g, '');

/** What is searched for as a number: nothing but digits and what is written between them. */
function digitsOfNumber(search: string): string | undefined {
	const isNumber = /^(?:tel:)?[\p{Nd}\p{Cf}\s()+./\u2010-\u2015-]+$/iu.test(search.normalize('NFKC').trim());
	const digits = isNumber ? significantDigits(search) : '';
	return digits.length >= fewestDigits ? digits : undefined;
}

/** One is part of the other: the code of the country, or of the city, may be missing at either. */
const isSameNumber = (one: string, other: string) => one.includes(other) || (one.length >= 7 && other.endsWith(one));
