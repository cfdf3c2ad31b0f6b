import { domainToASCII, domainToUnicode } from 'node:url';

/** An e-mail address as it is compared: without a name, in lower case. */
export interface BareAddress {
	local: string;
	/** In ASCII, as the domain name system knows it (`xn--…`). */
	domain: string;
}

/** Characters that are copied along unseen, and controls other than white space. */
export const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cf}|(?![\t\n\r])\p{Cc}/gu;

const written = /^(?:[^<>]*<)?\s*(?:mailto:)?\s*([^\s@<>"()]+)@([^\s@<>"()]+?)\.?\s*(?:>\s*)?$/i;

/** Reads an address as people give it: `someone@contoso.com`, `Name <someone@contoso.com>`, `mailto:…`. Undefined when it is none. */
export function toBareAddress(text: string): BareAddress | undefined {
	const [, local, domain] = written.exec(text.normalize('NFKC').replace(unseen, '').trim()) ?? [];
	if (!local || !domain) return undefined;
	return { local: local.toLowerCase(), domain: domainToASCII(domain) || domain.toLowerCase() };
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** White space and comments, which the grammar of addresses allows around `@` and the dots of a domain. */
const between = String.raw`(?:\s|\([^()]{0,100}\)){0,8}`;
const labels = (domain: string) => domain.split('.').map(literal).join(`${between}[.．。｡]${between}`);

/** Of these scripts words are put between spaces; in others (Japanese, Korean, Thai) a word may stand right beside an address in ASCII. */
const spaced = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}\p{M}\ufffd`;
const any = String.raw`\p{L}\p{Nd}\p{M}\ufffd`;

/** What shows that an address is a part of a longer one. */
const goesOn = (letters: string) => ({
	/** Two dots, or a bullet with no word before it, belong to no address. */
	before: new RegExp(`(?:[${letters}](?!\\.\\.)[._%+-]*|[${letters}]['’])$`, 'u'),
	behind: new RegExp(`^(?:[${letters}]|\\.[${letters}]|-+[${letters}-]*\\.[${letters}])`, 'u'),
});
/** A sentence or a line that begins without the space before it: `….com.Thanks`, `….comPhone`. */
const nextSentence = /^\.?[A-Z][a-z]/;
const longestBefore = 70;

const onlyAscii = /^[\t\n\r -~]*$/;
/** NFKC sorts each run of combining marks in quadratic time. */
const longRunOfMarks = /\p{M}{31}/u;

/**
 * Finds an address in text: in any casing, its domain in Unicode or in ASCII, in full-width characters, with invisible ones, white space or comments
 * between; not as a part of a longer address.
 */
export function addressFinder({ local, domain }: BareAddress): (text: string) => boolean {
	const domains = [...new Set([domain, domainToUnicode(domain) || domain])].map(labels).join('|');
	const pattern = new RegExp(`${literal(local)}("?)${between}[@＠﹫]${between}(?:${domains})`, 'giu');
	const part = goesOn(onlyAscii.test(`${local}@${domain}`) ? spaced : any);
	const isIn = (text: string) => {
		for (const match of text.matchAll(pattern)) if (standsAlone(text, match, part)) return true;
		return false;
	};
	return (text) => (onlyAscii.test(text) ? isIn(text) : variants(text).some(isIn));
}

function standsAlone(text: string, match: RegExpExecArray, part: ReturnType<typeof goesOn>): boolean {
	const { index } = match;
	const before = text.slice(Math.max(0, index - longestBefore), index);
	const behind = text.slice(index + match[0].length, index + match[0].length + longestBefore);
	// "someone"@contoso.com; but not the end of "another someone"@contoso.com.
	if (match[1] && !before.endsWith('"')) return false;
	const quoted = /['’]$/.test(before) && /^['’]/.test(behind);
	if (part.before.test(before) && !quoted) return false;
	return !part.behind.test(behind) || (/[a-z]$/.test(match[0]) && nextSentence.test(behind));
}

/** What cannot be seen may stand in the middle of an address, or be all that stands between two; compatibility forms may be letters, or a footnote's mark. */
function variants(text: string): string[] {
	const forms = longRunOfMarks.test(text) ? [text] : [text, text.normalize('NFKC')];
	return [...new Set(forms.flatMap((form) => [form.replace(unseen, ''), form.replace(unseen, ' ')]))];
}
