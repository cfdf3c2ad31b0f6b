const plain = /^[A-Za-z]+(?: [A-Za-z]+)*$/;
/** What besides the letter is left of a character after NFD, and what is not said. */
const unsaid = /[\p{M}.'’‘`´]/gu;

/**
 * A country's name or code as it is looked up, without accents, punctuation and the article that some write: `Côte d’Ivoire` and `cote divoire`,
 * `The Gambia` and `gambia` are the same.
 */
export function countryKey(text: string): string {
	const name = text.slice(0, 200);
	const letters = plain.test(name) ? name.toLowerCase() : spellPlainly(name); // Most names: in a fifth of the time.
	return letters.replace(/\bst\b/g, 'saint').replace(/^the /, '');
}

function spellPlainly(name: string): string {
	return name
		.toUpperCase() // Makes SS of ß.
		.toLowerCase()
		.normalize('NFD')
		.replace(unsaid, '')
		.replace(/&/g, ' and ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
