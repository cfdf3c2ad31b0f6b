import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../storage/take-folder.ts';
import { fileFailure } from './file-failure.ts';
import { StartFailure } from './start-failure.ts';

const marker = '.marketplace-lead-intake';
const lock = 'lock';

/**
 * Takes a folder for this process alone: makes it when it is missing, and empties it on `reset`. Only a folder that was made here is ever written to or
 * emptied. Throws a `StartFailure` when another process has it. Gives back how to leave it.
 */
export function takeDataFolder(folder: string, { reset = false } = {}): () => void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 }); // leads hold personal data
	} catch (error) {
		const why = fileFailure(error, folder, 'written');
		throw why ? new StartFailure(why) : error;
	}
	const held = readdirSync(folder);
	if (!held.includes(marker)) {
		if (held.length > 0)
			throw new StartFailure(`${folder} is not empty, and was not made by npm start. Name another folder: npm start -- --data FOLDER`);
		writeFileSync(
			join(folder, marker),
			'Made by npm start of Marketplace Lead Intake: everything in this folder may be deleted by --reset.\n',
		);
	}
	chmodSync(folder, 0o700); // also where it was open to others before
	const file = join(folder, lock);
	takeLock(file, folder);
	if (reset)
		for (const name of readdirSync(folder))
			if (name !== marker && name !== lock) rmSync(join(folder, name), { recursive: true, force: true });
	return () => {
		if (existsSync(file) && readFileSync(file, 'utf8') === String(process.pid)) rmSync(file);
	};
}

function takeLock(file: string, folder: string): void {
	for (let attempt = 1; ; attempt++)
		try {
			writeFileSync(file, String(process.pid), { flag: 'wx' });
			return;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			const owner = Number(readFileSync(file, 'utf8'));
			if (attempt > 1 || (owner !== process.pid && isAlive(owner)))
				throw new StartFailure(
					`${folder} is in use: npm start is running already, as process ${owner}. Stop it, or use another folder and ports: npm start -- --data FOLDER --port 0 --sandbox-port 0\n(If process ${owner} is something else, delete ${file}.)`,
				);
			rmSync(file, { force: true }); // left by one that was killed
		}
}
