import type { Lead, NamedValue } from '../../lead/lead.ts';
import { actionInWords, sourceInWords } from '../../lead/lead-words.ts';

/** What the description usually says of a lead. */
export type Described = Pick<Lead, 'action' | 'source' | 'publisher' | 'offer' | 'leadSource' | 'description' | 'campaign' | 'unknown'>;

/** What of it is in none of the texts: a field map may leave it out, and sales finds it in the description all the same. */
export function whatIsNowhere(lead: Lead, texts: readonly string[]): Described {
	const { publisher, offer, description, campaign = [], unknown = [] } = lead;
	const isNowhere = (...wordings: (string | undefined)[]) => !wordings.some((wording) => wording !== undefined && isIn(texts, wording));
	const left = (values: NamedValue[]) => values.filter(({ value }) => isNowhere(value));
	const action = isNowhere(lead.action, actionInWords(lead)) ? lead.action : undefined;
	const source = isNowhere(lead.source, sourceInWords(lead)) ? lead.source : undefined;
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

/** So long, a value is no part of a longer word by chance; looked for again and again, it would take seconds in a text that repeats it. */
const longestWord = 40;

/** Whether a value is in one of the texts, and not as a part of a longer word or number. */
export function isIn(texts: readonly string[], value: string): boolean {
	if (value === '') return true;
	if (value.length > longestWord) return texts.some((text) => text.includes(value));
	return texts.some((text) => {
		for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
			if (!isOfWord(text[at - 1]) && !isOfWord(text[at + value.length])) return true;
		return false;
	});
}

const isOfWord = (character = '') => /[\p{L}\p{N}]/u.test(character);
