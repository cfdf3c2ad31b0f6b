import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What survives a restart: a file of JSON lines, appended to. */
export interface KeptLines<Line> {
	/** What was there at the start, oldest first. */
	lines: Line[];
	append(line: Line): void;
	/** Forgets everything but these. */
	replace(lines: Line[]): void;
}

const toText = (lines: unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** Opens the file, which need not be there yet; without a path nothing is kept. Throws for a line that is not JSON, unless a write was cut off there. */
export function openKeptLines<Line>(path: string | undefined): KeptLines<Line> {
	if (path === undefined) return { lines: [], append() {}, replace() {} };
	mkdirSync(dirname(path), { recursive: true });
	const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
	const whole = text.slice(0, text.lastIndexOf('\n') + 1);
	const lines = whole
		.split('\n')
		.filter((line) => line !== '')
		.map((line, index) => parseLine<Line>(line, `${path}, line ${index + 1}`));
	const replace = (kept: Line[]) => {
		writeFileSync(`${path}.new`, toText(kept));
		renameSync(`${path}.new`, path);
	};
	if (whole !== text) replace(lines);
	return { lines, append: (line) => appendFileSync(path, toText([line])), replace };
}

function parseLine<Line>(line: string, where: string): Line {
	try {
		return JSON.parse(line) as Line;
	} catch (cause) {
		throw new Error(`${where} is not JSON: delete the file (or start with --reset)`, { cause });
	}
}
