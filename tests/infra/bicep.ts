import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, jest } from '@jest/globals';

/** What to do where there is no compiler. */
export const howToGetBicep = 'run `dotnet restore infra/compiler`, or name a Bicep compiler by the variable BICEP';

/** The Bicep compiler: the one that BICEP names, the one that `infra/compiler` brings, or one on the PATH. */
export const bicep: string | undefined = [process.env.BICEP, ...restored(), ...onPath()].find((path) => path && existsSync(path));

jest.setTimeout(60_000); // the compiler takes seconds, and more beside other work

/** Tests that need the compiler; skipped where there is none (tests/infra/compiler.test.ts says so, and fails in CI). */
export const describeWithBicep = bicep ? describe : describe.skip;

function restored(): string[] {
	const packages = join('infra', 'compiler', 'packages');
	if (!existsSync(packages)) return [];
	const found = readdirSync(packages)
		.filter((name) => name.startsWith('azure.bicep.commandline.'))
		.flatMap((name) => readdirSync(join(packages, name)).map((version) => join(packages, name, version, 'tools')))
		.flatMap((tools) => ['bicep', 'bicep.exe'].map((file) => join(tools, file)))
		.filter((path) => existsSync(path));
	for (const path of found) chmodSync(path, 0o755); // a package keeps no modes everywhere
	return found;
}

function onPath(): string[] {
	return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => ['bicep', 'bicep.exe'].map((file) => join(folder, file)));
}

/** Runs the compiler. What it says goes to `complaints`, one a line, also when all is well with its exit code. */
export async function runBicep(...args: string[]): Promise<{ output: string; complaints: string[]; exitCode: number }> {
	if (!bicep) throw new Error(`no Bicep compiler: ${howToGetBicep}`);
	try {
		const { stdout, stderr } = await promisify(execFile)(bicep, args, { maxBuffer: 64 * 1024 * 1024 });
		return { output: stdout, complaints: lines(stderr), exitCode: 0 };
	} catch (error) {
		const { stdout, stderr, code } = error as { stdout?: string; stderr?: string; code?: unknown };
		if (typeof code !== 'number') throw error;
		return { output: stdout ?? '', complaints: lines(stderr ?? ''), exitCode: code };
	}
}

const lines = (text: string) => text.split(/\r?\n/).filter((line) => line.trim());

/** One answer of JSON-RPC, without its header; and what follows it. */
function takeMessage(bytes: Buffer): { message: { result?: { snapshot?: string }; error?: unknown }; rest: Buffer } | undefined {
	const [head = '', length] = /^.*?Content-Length: (\d+).*?\r\n\r\n/is.exec(bytes.subarray(0, 200).toString('latin1')) ?? [];
	const end = head.length + Number(length);
	if (!head || bytes.length < end) return undefined;
	return { message: JSON.parse(bytes.subarray(head.length, end).toString()), rest: bytes.subarray(end) };
}

/**
 * What `bicep snapshot` would write for each of these files of parameters, by one process of the compiler (`bicep jsonrpc`): each start of it costs two seconds,
 * each further file half a second.
 *
 * @param metadata `subscriptionId`, `tenantId`, `resourceGroup`, `location`, `deploymentName`
 * @throws what the compiler complains of
 */
export async function takeSnapshots(paths: string[], metadata: Record<string, string>): Promise<string[]> {
	if (!bicep) throw new Error(`no Bicep compiler: ${howToGetBicep}`);
	const compiler = spawn(bicep, ['jsonrpc', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = new Promise<never>((_, reject) => {
		compiler.once('error', reject);
		compiler.once('close', (code) => reject(new Error(`bicep jsonrpc has ended with ${code}`)));
	});
	ended.catch(() => undefined);
	const snapshots: string[] = [];
	const asked = (async () => {
		let bytes: Buffer = Buffer.alloc(0);
		const answers = compiler.stdout[Symbol.asyncIterator]();
		for (const [id, path] of paths.entries()) {
			const question = JSON.stringify({ jsonrpc: '2.0', id, method: 'bicep/getSnapshot', params: { path: resolve(path), metadata } });
			compiler.stdin.write(`Content-Length: ${Buffer.byteLength(question)}\r\n\r\n${question}`);
			let taken = takeMessage(bytes);
			for (; !taken; taken = takeMessage(bytes)) {
				const { value, done } = await answers.next();
				if (done) throw new Error(`bicep jsonrpc gave no snapshot of ${path}`);
				bytes = Buffer.concat([bytes, value as Buffer]);
			}
			bytes = taken.rest;
			const { result, error } = taken.message;
			if (!result?.snapshot) throw new Error(`${path}: ${JSON.stringify(error ?? result)}`);
			snapshots.push(result.snapshot);
		}
	})();
	try {
		await Promise.race([asked, ended]);
		return snapshots;
	} finally {
		compiler.kill();
	}
}
