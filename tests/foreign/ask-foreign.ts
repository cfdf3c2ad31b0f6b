import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { changedAt, inTurn } from '../support/in-turn.ts';

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
const isBuilt = () => ofBuild.every((path) => changedAt(path) < changedAt(built));

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
