import type { Lead, NamedValue } from '../../lead/lead.ts';
import { actionInWords, sourceInWords } from '../../lead/lead-words.ts';

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

/** What the description usually says of a lead. */
export type Described = Pick<Lead, 'action' | 'source' | 'publisher' | 'offer' | 'leadSource' | 'description' | 'campaign' | 'unknown'>;

/** What of it is in none of the texts: a field map may leave it out, and sales finds it in the description nevertheless. */
export function whatIsNowhere(lead: Lead, texts: readonly string[]): Described {
	const { publisher, offer, description, campaign = [], unknown = [] } = lead;
	const [actionWords, sourceWords] = [actionInWords(lead), sourceInWords(lead)];
	const single = [lead.action, actionWords, lead.source, sourceWords, lead.leadSource, publisher, offer, description];
	const said = valuesIn(
		texts,
		[...single, ...[...campaign, ...unknown].map(({ value }) => value)].filter((value) => value !== undefined),
	);
	const isNowhere = (...wordings: (string | undefined)[]) => !wordings.some((wording) => wording !== undefined && said.has(wording));
	const left = (values: NamedValue[]) => values.filter(({ value }) => isNowhere(value));
	const action = isNowhere(lead.action, actionWords) ? lead.action : undefined;
	const source = isNowhere(lead.source, sourceWords) ? lead.source : undefined;
	const leadSource = lead.leadSource !== lead.source && isNowhere(lead.leadSource) ? lead.leadSource : undefined;
	return {
		...(action && { action }),
		...(source && { source }),
		...(leadSource && { leadSource }),
		...(publisher && isNowhere(publisher) && { publisher }),
		...(offer && isNowhere(offer) && { offer }),
		...(description && isNowhere(description) && { description }),
		campaign: left(campaign),
		unknown: left(unknown),
	};
}
