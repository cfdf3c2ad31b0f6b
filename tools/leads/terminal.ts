import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** What a command talks to. Leads are shown here and nowhere else. */
export interface Terminal {
	/** To stdout: what was asked for. Waits until it is taken. */
	print(text: string | Uint8Array): Promise<void>;
	/** To stderr: what is said about it. */
	note(text: string): void;
	/** A line on stderr that the next one replaces, when a person looks at it; '' takes it away. */
	progress(text: string): void;
	/** How many cells a line has, when a person looks at it. */
	width?: number | undefined;
	/** Asks for a yes; absent when there is no one to ask. */
	confirm?: (question: string) => Promise<boolean>;
}

interface Streams {
	stdin: Readable & { isTTY?: boolean };
	stdout: Writable & { columns?: number };
	stderr: Writable & { isTTY?: boolean };
}

export function openTerminal({ stdin, stdout, stderr }: Streams): Terminal {
	return {
		print: (text) => new Promise((resolve, reject) => stdout.write(text, (error) => (error ? reject(error) : resolve()))),
		note: (text) => void stderr.write(`${text}\n`),
		width: stdout.columns,
		progress: (text) => void (stderr.isTTY && stderr.write(`\r\u001b[K${text}`)),
		...(stdin.isTTY &&
			stderr.isTTY && {
				confirm: async (question: string) => {
					const prompt = createInterface({ input: stdin, output: stderr });
					try {
						return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
					} finally {
						prompt.close();
					}
				},
			}),
	};
}
