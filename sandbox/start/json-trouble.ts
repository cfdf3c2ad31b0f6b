import { type ParseError, printParseErrorCode } from 'jsonc-parser';

/** Where something is in a text: `line 3, column 7`. */
export function placeIn(text: string, offset: number): string {
	const lines = text.slice(0, offset).split('\n');
	return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** The parser's codes in words. */
const words: Partial<Record<ReturnType<typeof printParseErrorCode>, string>> = {
	InvalidNumberFormat: 'this is not a number: write it in double quotes',
	UnexpectedEndOfNumber: 'this is not a number: write it in double quotes',
	PropertyNameExpected: 'a name in double quotes is missing before this',
	ValueExpected: 'a value is missing before this',
	ColonExpected: 'a colon is missing before this',
	CommaExpected: 'a comma is missing before this',
	CloseBraceExpected: 'the file ends here, and a closing } is missing',
	CloseBracketExpected: 'the file ends here, and a closing ] is missing',
	EndOfFileExpected: 'there is more behind the end of the object',
	UnexpectedEndOfComment: 'the comment that begins here has no end (*/)',
	UnexpectedEndOfString: 'the text that begins here has no closing double quote on its line',
	InvalidUnicode: 'the text that begins here cannot be read: a backslash in it must be doubled (C:\\\\temp)',
	InvalidEscapeCharacter: 'the text that begins here cannot be read: a backslash in it must be doubled (C:\\\\temp)',
	InvalidCharacter: 'the text that begins here holds a tab or another control character: write \\t for a tab',
};

/** What people write in its place. */
const instead: Record<string, string> = {
	';': 'members are separated by a comma, not by a semicolon',
	'=': 'a colon belongs between a name and its value',
	'#': 'a comment begins with //',
};

/** What is wrong with JSON at the place of the parser's first error, in words that go on from the place and quote nothing of the file. */
export function jsonTrouble(text: string, { error, offset }: ParseError): string {
	const code = printParseErrorCode(error);
	const sign = text.charAt(offset);
	const before = text.slice(0, offset).trimEnd();
	if (code === 'EndOfFileExpected' && (sign === '}' || sign === ']')) return `there is a ${sign} too many`;
	if (code === 'InvalidSymbol') {
		if (/[}\]]$/.test(before) && /^[^{[]*$/.test(text.slice(offset)) && isWhole(before))
			return 'there is more behind the end of the object';
		return instead[sign] ?? 'names and texts must be in straight double quotes (")';
	}
	if (sign === ',' && /[,{[]$/.test(before)) return 'there is a comma too many';
	if (code === 'CommaExpected' && /\d/.test(sign) && before.length === offset)
		return 'a number must not begin with 0: write it in double quotes';
	return words[code] ?? 'this cannot be read';
}

/** As many brackets are closed as were opened, outside of texts. */
function isWhole(text: string): boolean {
	const brackets = text.replace(/"(?:[^"\\]|\\.)*"/g, '');
	return brackets.split(/[{[]/).length === brackets.split(/[}\]]/).length;
}
