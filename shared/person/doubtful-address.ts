import { domainToASCII } from 'node:url';

/** An e-mail address that may not be the one that a reader takes it for. */
export interface DoubtfulAddress {
	/** Goes on from "This address": `has characters that cannot be seen`. */
	why: string;
	/** The same in ASCII alone: `ada@xn--cntoso-8of.com`, `{U+0430}da@contoso.com`. */
	plain: string;
}

/**
 * What is doubtful about an e-mail address; undefined for most, also for those in another script: `почта@пример.рф`, `a@müller.de`. Doubtful are characters
 * that cannot be seen, signs that are no letters, words in more than one script, and words of which every foreign letter looks like one of ASCII. After
 * https://www.unicode.org/reports/tr39/ ("highly restrictive") and what browsers do with domains.
 */
export function doubtfulAddress(text: string): DoubtfulAddress | undefined {
	if (ascii.test(text) || !text.includes('@') || text.length > longest) return undefined;
	const why = findDoubt(text.normalize('NFC'));
	return why === undefined ? undefined : { why, plain: inPlainCharacters(text) };
}

/** No address is longer: it is shown as text. */
const longest = 320;
const ascii = /^[\0-\x7f]*$/;
/** U+2800 is a blank, whatever Unicode calls it. */
const unseen = /(?![ \t\n])[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\u2800]/u;
/** Catalan writes `col·legi`. */
const middleDot = /(?<=l)·(?=l)/gi;
const noLetter = /(?![\0-\x7f])[^\p{L}\p{M}\p{Nd}]/u;
/** Marks that are not part of their script, such as a line through a letter; what is usual is one character with its letter. */
const looseMark = /\p{Script=Inherited}/u;

function findDoubt(text: string): string | undefined {
	if (unseen.test(text)) return 'has characters that cannot be seen';
	const rest = text.replace(middleDot, '');
	if (rest !== rest.normalize('NFKC').normalize('NFC') || noLetter.test(rest) || looseMark.test(rest)) return looksLike;
	const end = scriptsIn(rest.slice(rest.lastIndexOf('.') + 1));
	for (const word of rest.split(/[@.]/)) {
		if (ascii.test(word)) continue;
		const scripts = scriptsIn(word);
		if (scripts.length === 0) return 'is in more than one script, or in a rare one';
		const isAtHome = scripts.some((script) => script !== 'Latin' && end.includes(script));
		if (!isAtHome && looksLikeAscii(word, rest)) return looksLike;
	}
	return undefined;
}

const looksLike = 'has characters that look like others';

/** https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts */
const recommended =
	'Latin Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han Hangul Hebrew Hiragana Kannada Katakana Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan';
const scripts = recommended.split(' ').map((name) => ({ name, letter: new RegExp(`\\p{Script_Extensions=${name}}`, 'u') }));
/** What is written together in one word. */
const together = [
	['Latin', 'Han', 'Hiragana', 'Katakana'],
	['Latin', 'Han', 'Bopomofo'],
	['Latin', 'Han', 'Hangul'],
];

/** The scripts, of which all letters of a word can be; none when there is none such. */
function scriptsIn(word: string): string[] {
	const letters = [...word].filter((character) => /[^\0-\x7f]|[a-z]/i.test(character));
	const of = letters.map((letter) => scripts.filter((script) => script.letter.test(letter)).map(({ name }) => name));
	const fits = (allowed: string[]) => of.every((names) => names.some((name) => allowed.includes(name)));
	const single = scripts.filter(({ name }) => fits([name])).map(({ name }) => name);
	return single.length > 0 ? single : (together.find(fits) ?? []);
}

/** Letters that look like those of ASCII; of Unicode's confusables those of scripts that people read as Latin, and small capitals. */
const lookAlike =
	/^[\0-\x7fаАВсСԁеЕҽԌһҺНіІӏӀјЈКкМоОрРԛгпѕЅТѵѴѡԝԜхХуУүҮьЬЗαΑΒΕΗιΙϳͿΚΜϺΝοΟρΡΤυνΧΥΖքցհոռօՕգզՏսՍყჿƄƽƧƖǀɑɡɩɪɴʀʙʜʟʏʋ\u1d00-\u1d7f\ua730-\ua7ff\uab30-\uab6f]+$/u;

/** The dotless i is a letter of Turkish and Azerbaijani. */
const looksLikeAscii = (word: string, address: string) => lookAlike.test(/\.(?:tr|az)$/i.test(address) ? word : word.replaceAll('ı', 'i'));

function inPlainCharacters(text: string): string {
	if (unseen.test(text)) return spelled(text); // Of a domain they would be left out.
	const at = text.lastIndexOf('@');
	const domain = domainToASCII(text.slice(at + 1));
	return `${spelled(text.slice(0, at))}@${domain || spelled(text.slice(at + 1))}`;
}

const spelled = (text: string) =>
	text.replace(/[^\0-\x7f]/gu, (character) => `{U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}}`);
