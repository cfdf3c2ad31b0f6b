import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../storage/take-folder.ts';
import { fileFailure } from './file-failure.ts';
import { pointerFile, type ReadyFile } from './ready-file.ts';
import { StartFailure } from './start-failure.ts';

/** Where to look: at one file, in one data folder, or, when neither is named, in the usual folder and then where the latest start is. */
export interface StartPlace {
	readyFile?: string | undefined;
	data?: string | undefined;
}

/** The `npm start` that runs on this machine, and the file that says so; or, as a sentence, why there is none. */
export type FoundStart = { ready: ReadyFile; file: string } | { why: string };

/** Finds the `npm start` that runs on this machine. One that was killed leaves its file behind: that is told apart from a file that is not there. */
export function findStart({ readyFile, data }: StartPlace = {}, pointer = pointerFile, usualFolder = '.data'): FoundStart {
	const usual = join(data ?? usualFolder, 'ready.json');
	if (readyFile ?? data) return look(readyFile ?? usual);
	const found = look(usual);
	const pointed = 'ready' in found ? undefined : readJson(pointer);
	if (typeof pointed?.readyFile !== 'string' || pointed.readyFile === '') return found;
	const latest = look(pointed.readyFile);
	// Where only the latest start has left a file, it says more: that start was killed.
	return 'ready' in latest || (!existsSync(usual) && existsSync(pointed.readyFile)) ? latest : found;
}

function look(file: string): FoundStart {
	const ready = readJson(file) as Partial<ReadyFile> | undefined;
	if (ready === undefined) return { why: `npm start does not run here (there is no ${file}).` };
	if (typeof ready.intakeUrl !== 'string') return { why: `${file} was not written by npm start: it names no intakeUrl.` };
	const pid = ready.pid ?? ready.workerPid;
	if (typeof pid === 'number' && !isAlive(pid))
		return { why: `npm start does not run any more: ${file} is left over from one that was killed. Start it again.` };
	return { ready: ready as ReadyFile, file };
}

/** Undefined where there is no such file; an empty object for one that is not a JSON object. */
function readJson(file: string): Record<string, unknown> | undefined {
	try {
		const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
		return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		if (error instanceof SyntaxError) return {};
		const why = fileFailure(error, file, 'read');
		throw why ? new StartFailure(why) : error;
	}
}
