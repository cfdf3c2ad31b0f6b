import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { StartFailure, StartMessage } from './child-message.ts';

export interface ChildOptions {
	/** Read by the child from its first argument. */
	options: object;
	environment: Record<string, string | undefined>;
	/** Whatever the child sends after its start message, and before. */
	onMessage?: (message: unknown) => void;
	/** A line that the child, or a library in it, wrote to standard output or error. */
	onOutput?: (line: string) => void;
}

export interface Child<Ready extends object> {
	pid: number;
	ready: Ready;
	/** How it ended: `exit code 1`, `SIGKILL`. Never rejects. */
	ended: Promise<string>;
	/** Asks it to end, and kills it when it has not done so after the grace. */
	stop: (graceMs: number) => Promise<void>;
}

/** A child that could not start. */
class ChildStartError extends Error {
	readonly code: string | undefined;

	constructor({ message, code }: StartFailure) {
		super(message);
		this.code = code;
	}
}

/**
 * Starts a script below `dist/` as a process of its own that is told to stop over IPC and ends by itself when this process is gone. Resolves when the child
 * says it is ready.
 */
export async function startChild<Ready extends object>(script: string, how: ChildOptions): Promise<Child<Ready>> {
	if (!existsSync(script)) throw new ChildStartError({ message: `${script} is missing: run "npm run build" first.`, code: 'ENOENT' });
	const child = fork(script, [JSON.stringify(how.options)], {
		env: how.environment as NodeJS.ProcessEnv,
		execArgv: [],
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	const lastWords: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		if (stream)
			createInterface({ input: stream }).on('line', (line) => {
				lastWords.splice(0, lastWords.length - 9, line);
				how.onOutput?.(line);
			});
	const ended = new Promise<string>((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
	});
	const ready = await new Promise<Ready>((resolve, reject) => {
		child.on('message', (message: StartMessage<Ready>) => {
			if (message.kind === 'ready') resolve(message);
			else if (message.kind === 'failed') reject(new ChildStartError(message));
			how.onMessage?.(message);
		});
		void ended.then((how) =>
			reject(new ChildStartError({ message: [`${script} ended before it was ready (${how})`, ...lastWords].join('\n') })),
		);
	});
	return {
		pid: child.pid ?? 0,
		ready,
		ended,
		stop: async (graceMs) => {
			if (child.connected) child.send({ kind: 'stop' });
			else child.kill('SIGTERM');
			const killing = setTimeout(() => child.kill('SIGKILL'), graceMs);
			await ended;
			clearTimeout(killing);
		},
	};
}
