import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type HostSettings, toHostSettings } from '../../host/host-settings.ts';
import { readHostFile } from '../../host/read-host-file.ts';
import { obeyParent, tellParent } from '../children/obey-parent.ts';
import { emptyApp, runHooks } from './app.ts';
import type { RpcLogLevel } from './core-api.ts';
import { createRunner } from './create-runner.ts';
import { readFunctionKeys } from './function-keys.ts';
import { openHttpFront } from './http-front.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { loadApp } from './load-app.ts';
import { readFunctions, triggerType } from './read-functions.ts';
import { startByName } from './start-by-name.ts';
import { type Listeners, startListeners } from './start-listeners.ts';
import { supplyCoreModule } from './supply-core-module.ts';
import type { WorkerMessage, WorkerReady } from './worker-message.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Functions host and language worker in one process: loads an app with the real `@azure/functions` and drives it as the host does. */
const options = JSON.parse(process.argv[2] ?? '{}') as WorkerOptions;
const settings = process.env;

/** Over IPC to the process that started this one; started by hand, as JSON lines. */
const tell = async (message: WorkerMessage) => (process.send ? tellParent(message) : console.log(JSON.stringify(message)));
const log = (level: RpcLogLevel, message: string) => tell({ kind: 'log', level, message });
const warn = (message: string) => void log('warning', message);
const exit = () => process.exit(1);
const end = (message: string) => void log('error', message).finally(exit);

process.on('uncaughtException', (error) => log('error', `Worker uncaught exception: ${error.stack ?? error}`).finally(exit));

function readSettings(): HostSettings {
	const file = readHostFile(() => readFileSync(join(options.app, 'host.json'), 'utf8'), settings);
	if (!file) throw new Error('host.json is missing or not JSON');
	const host = toHostSettings(file);
	if (host.problems.length > 0)
		throw new Error(`host.json: ${host.problems.map(({ name, allowed }) => `${name} is not ${allowed}`).join('; ')}`);
	return host.settings;
}

async function startWorker(): Promise<WorkerReady> {
	const host = readSettings();
	mkdirSync(options.data, { recursive: true });
	const app = emptyApp();
	supplyCoreModule(app, (level, category, message) => {
		if (category === 'user' || ['warning', 'error', 'critical'].includes(level)) void log(level, message);
	});
	listenOnLoopback();
	await loadApp(app, resolve(options.app)).catch((error: Error) => log('critical', `Worker was unable to load the app: ${error.message}`));
	const capabilities = (await app.model?.getCapabilities?.({ RawHttpBodyBytes: 'true' })) ?? {};
	const functions = readFunctions(app, { routePrefix: host.routePrefix, settings, warn });
	const keys = readFunctionKeys(
		join(options.data, 'keys.json'),
		functions.http.map(({ name }) => name),
	);

	let listeners: Listeners | undefined;
	const { run, settled } = createRunner(app, {
		host,
		clock: Date.now,
		tell: (message) => {
			void tell(message);
			// In the host, only an output binding wakes a queue's listener. Here whatever has run may have rung: no one waits two seconds on their own machine.
			if (message.kind === 'ended') listeners?.poll();
		},
		onTimeout: end,
	});
	const front = await openHttpFront({
		port: options.port,
		functions: functions.http,
		keys,
		library: capabilities.HttpUri ? new URL(capabilities.HttpUri) : undefined,
		run,
		start: startByName(app, run),
		onUnanswered: (name, why) =>
			void log(
				'error',
				`${name} gave its caller no answer (${why}). With HTTP streaming the host gives none either: the caller waits until it gives up.`,
			),
		unansweredMs: options.unansweredMs ?? 230_000,
		...(options.signIn && { signIn: options.signIn }),
		onError: (error) => void log('error', `The local runner failed: ${error instanceof Error ? error.stack : error}`),
	});
	obeyParent(async () => {
		await Promise.all([front.stop(), listeners?.stop()]);
		await settled();
		await runHooks(app, 'appTerminate', { hookData: {}, appHookData: app.hookData });
	});
	setImmediate(async () => {
		listeners = await startListeners(functions, {
			host,
			settings,
			data: options.data,
			leaseMs: options.leaseSeconds * 1000,
			run,
			warn,
			end,
		});
	});
	return {
		port: front.port,
		masterKey: keys.master,
		functions: [...app.functions.values()].map(({ metadata }) => {
			const http = functions.http.find(({ name }) => name === metadata.name);
			const key = keys.functions[metadata.name]?.default;
			return { name: metadata.name, type: triggerType(metadata), ...(http && { path: http.route.template }), ...(http && key && { key }) };
		}),
	};
}

startWorker().then(
	(ready) => tell({ kind: 'ready', ...ready }),
	(error: NodeJS.ErrnoException) => tell({ kind: 'failed', message: error.message, ...(error.code && { code: error.code }) }).finally(exit),
);
