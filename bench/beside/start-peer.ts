import { execFile, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startChild } from '../../sandbox/children/start-child.ts';

/** What many would build instead: a web server that writes each lead into a queue in a database before it answers 202. */
export interface Peer {
	url: string;
	/** Of the server and of PostgreSQL's main process. */
	pids: number[];
	stop: () => Promise<void>;
}

/** The last pg-boss that runs on Node.js 20. */
const packages = { express: '5.3.0', 'pg-boss': '10.4.2' };

const server = `
import express from 'express';
import PgBoss from 'pg-boss';
const { connectionString } = JSON.parse(process.argv[2]);
const boss = new PgBoss(connectionString);
boss.on('error', (error) => console.error(error));
await boss.start();
await boss.createQueue('leads');
const app = express();
app.use(express.json());
app.post('/leads', async (request, response) => {
	const leadId = await boss.send('leads', request.body);
	response.status(202).json({ leadId, status: 'accepted' });
});
const listening = app.listen(0, '127.0.0.1', () => process.send({ kind: 'ready', port: listening.address().port }));
process.on('message', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
`;

const run = promisify(execFile);

/** The folder of `initdb`; undefined where there is no PostgreSQL server. */
function findPostgres(): string | undefined {
	const debian = '/usr/lib/postgresql';
	const installed = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
	const folders = [...installed, ...(process.env.PATH ?? '').split(':')];
	return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Installs the packages into a temporary folder, and makes a database there; both go with it. Throws, in words for a person, where PostgreSQL is missing. */
export async function startPeer(report: (line: string) => void): Promise<Peer> {
	const bin = findPostgres();
	if (!bin)
		throw new Error('--peer needs a PostgreSQL server on this machine: neither the PATH nor /usr/lib/postgresql has initdb and postgres.');
	const folder = mkdtempSync(join(tmpdir(), 'lead-intake-peer-'));
	const stops: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
	const stop = async () => {
		for (const end of stops.reverse()) await end();
	};
	try {
		report(
			`installing ${Object.entries(packages)
				.map((pair) => pair.join('@'))
				.join(' and ')}`,
		);
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: packages }));
		await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
		writeFileSync(join(folder, 'server.mjs'), server);
		const database = await startPostgres(bin, folder);
		stops.push(database.stop);
		const child = await startChild<{ port: number }>(join(folder, 'server.mjs'), { options: database, environment: process.env });
		stops.push(() => child.stop(2000));
		return { url: `http://127.0.0.1:${child.ready.port}/leads`, pids: [child.pid, database.pid], stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** With PostgreSQL's own settings: a commit is on the disk before it is answered. */
async function startPostgres(bin: string, folder: string) {
	const data = join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	const user = process.getuid?.() === 0 ? userNamed('postgres') : undefined;
	if (user) {
		// PostgreSQL refuses to run as root, and must reach its folder.
		chownSync(folder, user.uid, user.gid);
		chownSync(data, user.uid, user.gid);
	}
	const options: SpawnOptions = { ...user, cwd: folder, stdio: 'ignore' };
	await ended(spawn(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8'], options));
	const port = await freePort();
	const postgres = spawn(join(bin, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder], options);
	const connectionString = `postgres://bench@127.0.0.1:${port}/postgres`;
	const over = new Promise<void>((resolve) => void postgres.once('exit', () => resolve()));
	const stop = async () => {
		postgres.kill('SIGINT'); // its fast shutdown
		await over;
	};
	try {
		for (let tries = 0; !existsSync(join(data, 'postmaster.pid')) || !(await answers(bin, port)); tries++) {
			if (postgres.exitCode !== null || tries > 300) throw new Error('PostgreSQL did not start.');
			await setTimeout(100);
		}
	} catch (error) {
		await stop();
		throw error;
	}
	return { connectionString, pid: postgres.pid ?? 0, stop };
}

function userNamed(name: string): { uid: number; gid: number } {
	const id = (what: string) => Number(execFileSync('id', [what, name], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

const ended = (child: ReturnType<typeof spawn>) =>
	new Promise<void>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${child.spawnfile} ended with ${code}`))));
	});

const answers = (bin: string, port: number) =>
	run(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).then(
		() => true,
		() => false,
	);

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as { port: number };
	await new Promise((closed) => server.close(closed));
	return port;
}
