/** A value of this length is not part of a longer word by chance. */
const longestWord = 40;

/**
 * Which of some values are in one of the texts, and not as a part of a longer word or number. All of them are looked for in one go: one after the other,
 * a hundred short values in a text that repeats them took seconds.
 */
export function valuesIn(texts: readonly string[], values: readonly string[]): ReadonlySet<string> {
	const different = [...new Set(texts)];
	const wanted = [...new Set(values)];
	const words = wanted.filter((value) => value.length <= longestWord);
	const long = wanted.filter((value) => value.length > longestWord && different.some((text) => text.includes(value)));
	return new Set([...long, ...wordsIn(different, words)]);
}

/** The beginnings of the words that are looked for, as a tree: a text is gone through once, and from each place where a word may begin a few steps further. */
interface Branch {
	next: Map<string, Branch>;
	word?: string;
}

function wordsIn(texts: readonly string[], words: readonly string[]): ReadonlySet<string> {
	const root = toTree(words);
	const found = new Set<string>(words.filter((word) => word === ''));
	for (const text of texts)
		for (let start = 0; start < text.length && found.size < words.length; start++) {
			if (isOfWord(text[start - 1])) continue;
			let at = start;
			for (let branch = root.next.get(text[at] ?? ''); branch; branch = branch.next.get(text[at] ?? '')) {
				at++;
				if (branch.word !== undefined && !isOfWord(text[at])) found.add(branch.word);
			}
		}
	return found;
}

function toTree(words: readonly string[]): Branch {
	const root: Branch = { next: new Map() };
	for (const word of words) {
		let branch = root;
		for (let at = 0; at < word.length; at++) {
			const unit = word[at] ?? '';
			const next = branch.next.get(unit) ?? { next: new Map() };
			branch.next.set(unit, next);
			branch = next;
		}
		branch.word = word;
	}
	return root;
}

/** Most characters are told without the expression, which takes ten times as long. */
const isOfWord = (character = '') => (character < '\x80' ? isAsciiWord(character) : /[\p{L}\p{N}]/u.test(character));

const isAsciiWord = (character: string) =>
	(character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
