import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingOf } from '../../host/setting-of.ts';
import { settingNameOf } from '../../shared/destinations/webhook/endpoint-names.ts';
import { createCooldownBoard } from '../cooldowns/cooldown-board.ts';
import { parseObject } from '../parse-object.ts';
import { superviseWorker } from '../runner/supervise-worker.ts';
import type { WorkerLog, WorkerReady } from '../runner/worker-message.ts';
import type { ServiceName } from '../sandbox-env.ts';
import { startSandbox } from '../start-sandbox.ts';
import { startStorage } from '../storage/start-storage.ts';
import { appSettings, leadsOff, namesStorage } from './app-settings.ts';
import { takeDataFolder } from './data-folder.ts';
import { developmentSignIn } from './development-sign-in.ts';
import { createFunctionRuns } from './function-runs.ts';
import { removeReadyFile, writeReadyFile } from './ready-file.ts';
import { servicesCalled } from './services-called.ts';
import { onPort, StartFailure } from './start-failure.ts';

export interface LocalOptions {
	/** Of the app; 0, the default, picks a free one. */
	port?: number;
	/** Of the sandbox; 0, the default, picks a free one. */
	sandboxPort?: number;
	/** Where everything is kept; a temporary folder that goes with it when not named. */
	dataFolder?: string;
	/** Empties the data folder first. */
	reset?: boolean;
	/** For how long a queue message stays hidden when its worker dies; the host's 10 minutes. */
	leaseSeconds?: number;
	/** Rewritten whenever the worker is started again. */
	readyFile?: string;
	/** App settings over the sandbox's. */
	settings?: Record<string, string | undefined>;
	/** Whether whoever opens the board is taken for signed in; true unless it is said otherwise. */
	signIn?: boolean;
	/** Folder of the app: its package.json and host.json. */
	app?: string;
	/** A line of the app or the host. */
	onLog?: (line: WorkerLog) => void;
	/** A line that the app wrote to standard output or error by itself. */
	onOutput?: (line: string) => void;
	/** The worker has died and is being started again, or (`workerPid`) has been. */
	onRestart?: (what: { death: string } | { workerPid: number }) => void;
}

/** The app with all it talks to, on this machine. */
export interface Local {
	/** With its key. */
	intakeUrl: string;
	/** Where the leads are seen and acted upon. */
	boardUrl: string;
	/** Origin: `http://127.0.0.1:7080`. */
	sandboxUrl: string;
	/** Connection string; empty when the settings name a storage account that is reached by identity. */
	storage: string;
	/** Opens every function and the admin endpoints. */
	masterKey: string;
	/** The app's settings: the named ones over the sandbox's. */
	settings: Record<string, string | undefined>;
	/** Changes when the worker is started again. */
	workerPid: () => number;
	/** Runs a function now and waits for its end; rejects when it failed. */
	runFunction: (name: string, input?: string) => Promise<void>;
	/** Resolves, with how, when storage has died: then nothing works any more. Never rejects. */
	broken: Promise<string>;
	/** Ends everything, the worker first, and loses nothing; a second call waits for the first. */
	stop: (graceMs?: number) => Promise<void>;
}

/**
 * Starts storage, sandbox and worker; needs a build. Rejects with a `StartFailure` that says what to do when a port or the folder is taken or the app cannot
 * be loaded; then nothing is left running.
 */
export async function startLocal(options: LocalOptions = {}): Promise<Local> {
	const { port = 0, sandboxPort = 0, leaseSeconds = 600, settings = {}, app = '.', readyFile } = options;
	const undo: ((graceMs: number | undefined) => unknown)[] = [];
	const unwind = async (graceMs?: number) => {
		for (const step of undo.splice(0).reverse()) await step(graceMs);
	};
	try {
		const data = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'lead-intake-data-'));
		if (!options.dataFolder) undo.push(() => rmSync(data, { recursive: true, force: true, maxRetries: 3 }));
		undo.push(takeDataFolder(data, { reset: options.reset ?? false }));
		if (readyFile) removeReadyFile(readyFile); // of one that was killed

		let intakeUrl: string | undefined;
		let boardUrl: string | undefined;
		let called: ServiceName[] = [];
		const cooldowns = createCooldownBoard();
		const starting = [
			namesStorage(settings) ? undefined : startStorage({ folder: join(data, 'storage') }),
			onPort(sandboxPort, '--sandbox-port', () =>
				startSandbox({
					port: sandboxPort,
					dataFile: join(data, 'sandbox.jsonl'),
					intakeUrl: () => intakeUrl,
					boardUrl: () => boardUrl,
					cooldowns,
					webhookSecrets: (hook) => settingOf(settings, settingNameOf(hook, 'WEBHOOK_NAME_SECRET')),
					webhookFields: (hook) => Object.keys(parseObject(settingOf(settings, settingNameOf(hook, 'WEBHOOK_NAME_FIELDS')) ?? '') ?? {}),
					called: () => called,
					leadsOff: leadsOff(settings),
				}),
			),
		] as const;
		const [storageStart, sandboxStart] = await Promise.allSettled(starting);
		if (storageStart.status === 'fulfilled') undo.push(() => storageStart.value?.stop());
		if (sandboxStart.status === 'fulfilled') undo.push(() => sandboxStart.value.close());
		const [storage, sandbox] = await Promise.all(starting);

		const merged = appSettings(settings, { url: sandbox.url, connectionString: storage?.connectionString });
		called = servicesCalled(merged, sandbox.url);
		const development = (options.signIn ?? true) ? developmentSignIn({ ...process.env, ...merged }) : undefined;
		const connectionString = merged.AzureWebJobsStorage ?? '';
		const toIntakeUrl = ({ port, functions }: WorkerReady) => {
			const intake = functions.find(({ name }) => name === 'LeadIntake') ?? functions.find(({ path }) => path);
			return `http://127.0.0.1:${port}/${intake?.path ?? ''}${intake?.key ? `?code=${intake.key}` : ''}`;
		};
		const toBoardUrl = ({ port }: WorkerReady) => `http://127.0.0.1:${port}/board`;
		const runs = createFunctionRuns(() => ({ origin: `http://127.0.0.1:${worker.ready.port}`, masterKey: worker.ready.masterKey }));
		let starts = 0;
		const worker = await onPort(port, '--port', () =>
			superviseWorker({
				worker: { app, data, port, leaseSeconds, ...(development && { signIn: development.signIn }) },
				settings: { ...merged, ...development?.settings },
				onReady: (workerPid, ready) => {
					intakeUrl = toIntakeUrl(ready);
					boardUrl = toBoardUrl(ready);
					if (readyFile)
						writeReadyFile(readyFile, { intakeUrl, sandboxUrl: sandbox.url, pid: process.pid, workerPid, storage: connectionString });
					if (++starts > 1) options.onRestart?.({ workerPid });
				},
				onMessage: (message) => {
					if (message.kind !== 'log') return runs.onEnded(message);
					cooldowns.hear(message.message);
					options.onLog?.(message);
				},
				onDeath: (death) => {
					runs.onDeath(death);
					options.onRestart?.({ death });
				},
				...(options.onOutput && { onOutput: options.onOutput }),
			}),
		);
		if (readyFile) undo.push(() => removeReadyFile(readyFile));
		undo.push((graceMs) => worker.stop(graceMs));
		if (worker.ready.functions.length === 0) throw new StartFailure('The app could not be loaded: see above.');

		let stopping: Promise<void> | undefined;
		return {
			intakeUrl: toIntakeUrl(worker.ready),
			boardUrl: toBoardUrl(worker.ready),
			sandboxUrl: sandbox.url,
			storage: connectionString,
			masterKey: worker.ready.masterKey,
			settings: merged,
			workerPid: worker.pid,
			runFunction: runs.run,
			broken: storage ? storage.ended : new Promise(() => undefined),
			stop: (graceMs) => {
				stopping ??= unwind(graceMs);
				return stopping;
			},
		};
	} catch (error) {
		await unwind();
		throw error;
	}
}
