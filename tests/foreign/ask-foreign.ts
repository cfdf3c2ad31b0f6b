import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Answers of software that others wrote, kept with the questions. */
export interface Table<Row> {
	/** The software, with its version. */
	asked: string;
	rows: Row[];
}

const folder = join('tests', 'foreign');
const built = join(folder, 'bin', 'Debug', 'net10.0', 'foreign.dll');

/** Reads a table that is kept. */
export const readTable = <Row>(name: string): Table<Row> => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

/** Keeps a table. */
export function writeTable(name: string, { asked, rows }: Table<object>): void {
	const lines = rows.map((row) => `\t\t${JSON.stringify(row)}`);
	writeFileSync(join(folder, `${name}.json`), `{\n\t"asked": ${JSON.stringify(asked)},\n\t"rows": [\n${lines.join(',\n')}\n\t]\n}\n`);
}

/** Whether the software itself can be asked here: `dotnet restore tests/foreign` has brought it. */
export const canAsk = existsSync(join(folder, 'packages', 'ncrontab.signed'));

const ofBuild = readdirSync(folder)
	.filter((name) => /\.cs(proj)?$/.test(name))
	.map((name) => join(folder, name));
const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isBuilt = () => ofBuild.every((path) => changedAt(path) < changedAt(built));

const longestBuildMs = 120_000;

/** One process at a time: who makes the folder has the turn. A folder that is older than any build was left by a process that was killed. */
async function inTurn(turn: string, work: () => Promise<unknown>): Promise<void> {
	while (!take(turn)) await setTimeout(100);
	try {
		await work();
	} finally {
		rmSync(turn, { recursive: true, force: true });
	}
}

function take(turn: string): boolean {
	try {
		mkdirSync(turn);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		if (Date.now() - changedAt(turn) > longestBuildMs) rmSync(turn, { recursive: true, force: true });
		return false;
	}
}

let building: Promise<unknown> | undefined;
/** Unless it is built already: even a build that does nothing takes seconds, and two at once would write the same files. */
const build = () => {
	building ??= inTurn(join(folder, 'obj', 'building'), async () => {
		// A compiler that stays to serve the next build would hold our pipes open.
		const alone = ['-nodeReuse:false', '-p:UseSharedCompilation=false'];
		if (!isBuilt()) await promisify(execFile)('dotnet', ['build', folder, '--no-restore', '--verbosity', 'quiet', ...alone]);
	});
	return building;
};

/**
 * Asks the software itself. With `FOREIGN=write` in the environment the answers replace the kept table.
 *
 * @throws when the program cannot be built or ends with an error
 */
export async function ask<Row>(name: string, rows: object[]): Promise<Table<Row>> {
	await build();
	const running = promisify(execFile)('dotnet', [built, name], { maxBuffer: 64 * 1024 * 1024 });
	running.child.stdin?.end(JSON.stringify({ rows }));
	const { stdout } = await running;
	if (process.env.FOREIGN === 'write') writeFileSync(join(folder, `${name}.json`), stdout);
	return JSON.parse(stdout);
}

/**
 * Starts the program at a task that goes on until its input ends. Its errors are shown.
 *
 * @throws when the program cannot be built
 */
export async function startForeign(task: string): Promise<ChildProcessByStdio<Writable, Readable, null>> {
	await build();
	return spawn('dotnet', [built, task], { stdio: ['pipe', 'pipe', 'inherit'] });
}
