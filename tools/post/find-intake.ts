import { readFile } from 'node:fs/promises';

function intakeUrlIn(text: string): string | undefined {
	try {
		const { intakeUrl } = JSON.parse(text);
		return typeof intakeUrl === 'string' ? intakeUrl : undefined;
	} catch {
		return undefined; // written by half, or not by us: the caller says what is missing
	}
}

/** The intake's URL with its key, from the file that `npm start` writes when it is ready. Throws with what to do. */
export async function findIntake(readyFile: string): Promise<string> {
	const hint = 'Is `npm start` running? Or name the address with --url.';
	let text: string;
	try {
		text = await readFile(readyFile, 'utf8');
	} catch (cause) {
		throw new Error(`${readyFile} cannot be read. ${hint}`, { cause });
	}
	const url = intakeUrlIn(text);
	if (!url) throw new Error(`${readyFile} names no intakeUrl. ${hint}`);
	return url;
}
