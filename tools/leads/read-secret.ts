import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import type { Environment } from '../../shared/basics/environment.ts';
import { UsageError } from './usage-error.ts';

export interface SecretDeps {
	environment: Environment;
	stdin: Readable & { isTTY?: boolean };
	/** Takes a line for the person who runs the command. */
	note: (text: string) => void;
}

interface Secret {
	/** `--url`. */
	option: string;
	/** As the command line gives it: `-` for the first line of standard input. */
	given: string | undefined;
	/** The variable of the environment that holds it. */
	variable: string;
}

/**
 * A value that holds a key: from standard input, or from the environment. On a command line every user of the machine reads it in the list of processes, and the
 * shell writes it to a file: there it still works, with a warning, if it is not for this machine.
 */
export async function readSecret(
	{ option, given, variable }: Secret,
	{ environment, stdin, note }: SecretDeps,
): Promise<string | undefined> {
	if (given === undefined) return environment[variable]?.trim() || undefined;
	if (given !== '-') {
		if (holdsKey(given))
			note(
				`Warning: ${option} with its key can be read in the list of processes and in the shell's history. Put it into ${variable}, or give ${option} - and the value on standard input.`,
			);
		return given;
	}
	if (stdin.isTTY) note(`Paste the value of ${option}, then press Enter:`);
	const lines = createInterface({ input: stdin });
	try {
		for await (const line of lines) if (line.trim()) return line.trim();
	} finally {
		lines.close();
	}
	throw new UsageError(`${option} - reads from standard input, and nothing came.`);
}

/** An address with a code, or a connection string with a key or a signature, unless it names only this machine. */
function holdsKey(text: string): boolean {
	if (!/[?&]code=|AccountKey=|SharedAccessSignature=|[?&;]sig=/i.test(text)) return false;
	const hosts = Array.from(text.matchAll(/https?:\/\/(?:[^/;?#]*@)?(\[[^\]]*\]|[^/:;?#]*)/gi), ([, host = '']) => host.toLowerCase());
	return hosts.length === 0 || !hosts.every((host) => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host));
}

/** Without a word of what it is: it may hold a key. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);
