/** The entries of a list separated by `;` or `,`, trimmed, without blanks. */
export const toList = (text: string): string[] =>
	text
		.split(/[;,]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
