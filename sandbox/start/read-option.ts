import { type CommanderError, InvalidArgumentError } from 'commander';

/** The exit code of a command whose options or arguments cannot be used as they stand. */
const wrongUsage = 2;

/** Ends a command that its parser has ended: by its help, or, with a code that tells it from a failure, because an option is wrong. For `exitOverride`. */
export function endByParser({ exitCode }: CommanderError): never {
	process.exit(exitCode === 0 ? 0 : wrongUsage);
}

/** A command's option that is a whole number, both ends included. What it returns throws for any other text. */
export const wholeNumber =
	(least: number, most: number = Number.MAX_SAFE_INTEGER) =>
	(text: string): number => {
		if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
		const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
		throw new InvalidArgumentError(`Give a whole number ${range}.`);
	};

/** An option that is a number above zero, such as 0.5. */
export function aboveZero(text: string): number {
	if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
	throw new InvalidArgumentError('Give a number above 0.');
}

/** An option that is some of these names, with commas. A name that is misspelled would otherwise leave out what it means, and all would look well. */
export const someOf =
	(known: readonly string[]) =>
	(text: string): string[] => {
		const names = text.split(',').map((name) => name.trim());
		const unknown = names.filter((name) => !known.includes(name));
		if (unknown.length === 0) return names;
		throw new InvalidArgumentError(`${unknown.join(', ') || 'An empty name'} is none of ${known.join(', ')}.`);
	};
