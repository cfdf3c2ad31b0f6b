import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { exampleLead } from '../../../sandbox/example-lead.ts';
import type { ReadyFile } from '../../../sandbox/start/ready-file.ts';
import { isAlive } from '../../../sandbox/storage/take-folder.ts';
import { eventually } from '../../support/eventually.ts';
import { listenersOf } from '../../support/listeners-of.ts';
import { tempFolder } from '../../support/temp-folder.ts';

jest.setTimeout(60_000); // several starts at once, each of several processes

let folder: ReturnType<typeof tempFolder>;
const children: ChildProcess[] = [];
beforeEach(() => {
	folder = tempFolder();
});
afterEach(async () => {
	for (const { pid, exitCode, signalCode } of children.splice(0))
		if (pid && exitCode === null && signalCode === null) process.kill(pid, 'SIGKILL');
	folder.remove();
});

/** Starts it as a shell would: in a process group of its own. */
function start(parameters: string[], { cwd = process.cwd() } = {}) {
	const child = spawn(process.execPath, [resolve('dist/sandbox/start.mjs'), ...parameters], {
		cwd,
		detached: true,
		env: { PATH: process.env.PATH, NO_COLOR: '1' },
	});
	children.push(child);
	let output = '';
	child.stdout.on('data', (data) => {
		output += data;
	});
	child.stderr.on('data', (data) => {
		output += data;
	});
	return {
		pid: child.pid ?? 0,
		output: () => output,
		ended: new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? ''))),
	};
}

async function startReady(name: string) {
	const data = join(folder.path, name);
	const running = start(['--port', '0', '--sandbox-port', '0', '--data', data]);
	const ready = await eventually(
		() => running.output().includes('Ctrl-C stops everything') && (JSON.parse(readFileSync(join(data, 'ready.json'), 'utf8')) as ReadyFile),
	);
	const storagePid = Number(readFileSync(join(data, 'storage', 'azurite.pid'), 'utf8'));
	return { ...running, data, ready, pids: [running.pid, ready.workerPid, storagePid] };
}

describe('npm start', () => {
	it('says what a newcomer needs, one line per lead as it goes, and when the worker died; Ctrl-C stops everything', async () => {
		const { output, ready, data, pid, pids, ended } = await startReady('data');
		expect(output()).toContain(ready.intakeUrl);
		expect(output()).toContain(`${ready.sandboxUrl}/mailbox`);

		const again = start(['--data', data]);
		expect(await again.ended).toBe(1);
		expect(again.output()).toContain(`npm start is running already, as process ${pid}.`);

		const response = await fetch(ready.intakeUrl, { method: 'POST', body: JSON.stringify(exampleLead) });
		const { leadId } = (await response.json()) as { leadId: string };
		await eventually(() => ['email', 'crm'].every((destination) => output().includes(`lead ${leadId} delivered to ${destination}`)));
		expect(output()).toContain(`lead ${leadId} accepted`);
		expect(output().split('Ctrl-C')[1]).not.toMatch(/someone@contoso|16175555555/);

		if (process.platform === 'linux')
			expect(listenersOf(pids).map(({ address }) => address)).toEqual(Array.from({ length: 6 }, () => '127.0.0.1'));
		expect(statSync(data).mode & 0o777).toBe(0o700);

		process.kill(ready.workerPid, 'SIGKILL');
		await eventually(() => output().includes('The worker runs again'));
		expect(output()).toContain('The worker died (SIGKILL); it is restarted.');

		process.kill(-pid, 'SIGINT');
		expect(await ended).toBe(0);
		expect(output()).toContain('Stopping …');
		await eventually(() => !pids.some(isAlive));
		expect([existsSync(join(data, 'ready.json')), existsSync(join(data, 'lock'))]).toEqual([false, false]);
	});

	it('leaves no process behind, however it is ended', async () => {
		const ways = [
			{ signal: 'SIGINT', code: 0 },
			{ signal: 'SIGTERM', code: 0 },
			{ signal: 'SIGHUP', code: 0 },
			{ signal: 'SIGKILL', code: 'SIGKILL' },
		] as const;
		const started = await Promise.all(ways.map(async (way) => ({ ...way, ...(await startReady(way.signal)) })));
		for (const { pid, signal } of started) process.kill(pid, signal);
		for (const { ended, code, pids } of started) {
			expect(await ended).toBe(code);
			await eventually(() => !pids.some(isAlive));
		}
		const [killed] = started.slice(-1);
		const anew = start(['--port', '0', '--sandbox-port', '0', '--data', killed?.data ?? '']);
		await eventually(() => anew.output().includes('Ready in'));
		process.kill(anew.pid, 'SIGTERM');
		expect(await anew.ended).toBe(0);
	});

	it('ends when it is told to before it is ready', async () => {
		const data = join(folder.path, 'data');
		const { pid, ended } = start(['--port', '0', '--sandbox-port', '0', '--data', data]);
		await eventually(() => existsSync(join(data, 'lock')));
		process.kill(-pid, 'SIGINT');
		expect(await ended).toBe(0);
		expect([existsSync(join(data, 'lock')), existsSync(join(data, 'storage', 'azurite.pid'))]).toEqual([false, false]);
	});

	it('says that the build is missing', async () => {
		const { ended, output } = start([], { cwd: folder.path });
		expect(await ended).toBe(1);
		expect(output()).toMatch(/^The app is not built: dist\/main\.cjs is missing\. Run "npm start"/);
	});

	it('refuses a port that is none, in words', async () => {
		const { ended, output } = start(['--port', '70710']);
		expect(await ended).toBe(2);
		expect(output()).toContain('Give a whole number from 0 to 65535.');
	});
});
