/** As they come with what is copied from pages, mails and word processors. */
const quotes: Record<string, string> = {
	'"': '"',
	"'": "'",
	'`': '`',
	'“': '”',
	'”': '”',
	'„': '“',
	'‘': '’',
	'’': '’',
	'‚': '‘',
	'«': '»',
	'»': '«',
};

/** Without one pair of quotes around, unless such a quote stands within too. */
export function unquote(text: string): string {
	const [open = '', close] = [text.at(0), quotes[text.at(0) ?? '']];
	if (text.length < 2 || close === undefined || text.at(-1) !== close) return text;
	const inner = text.slice(1, -1);
	return inner.includes(open) || inner.includes(close) ? text : inner.trim();
}

/** The entries of a list separated by `;` or `,`, trimmed, without quotes around them and without blanks. */
export const toList = (text: string): string[] =>
	text
		.split(/[;,]/)
		.map((entry) => unquote(entry.trim()))
		.filter((entry) => entry !== '');
