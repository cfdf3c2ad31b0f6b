/** A word joiner: it cannot be seen, has no width, and is in no address, host or number. `clean` takes it out of what leads say. */
const joiner = '\u2060';

/** The whole of it, perhaps with what a sentence puts around it. */
const address = /^[(<"']*[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+[)>"',;.:!?]*$/;

/**
 * A text that looks the same, and of which no client makes a link: clients look for addresses, URLs, hosts and phone numbers in texts, whatever the format of a
 * message says. An unseen character stands where they would be recognised.
 *
 * @param keepAddresses leaves e-mail addresses and numbers as they are, so that they can be copied
 */
export function withoutLinks(text: string, { keepAddresses = false } = {}): string {
	const unlinked = (word: string) =>
		keepAddresses && address.test(word)
			? word
			: word.replace(/[@＠](?!\u2060)|[.．。｡](?=[\p{L}\p{N}])|:(?=[^\s\u2060])/gu, `${joiner}$&${joiner}`);
	const numbers = keepAddresses
		? text
		: text.replace(/\p{Nd}(?:[\s()./-]{0,3}\p{Nd}){4,}/gu, (number) => number.replace(/\p{Nd}(?=.)/gsu, `$&${joiner}`));
	return numbers.replace(/\S+/g, unlinked);
}

/** A text that reads the same whether a place takes HTML or not: what could be a tag or an entity is none. */
export const withoutMarkup = (text: string): string => text.replace(/[<&](?=\S)/g, `$&${joiner}`);
