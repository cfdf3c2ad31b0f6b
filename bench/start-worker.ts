import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { superviseWorker } from '../sandbox/runner/supervise-worker.ts';
import { sandboxSettings } from '../sandbox/sandbox-settings.ts';
import { developmentSignIn } from '../sandbox/start/development-sign-in.ts';

/** A worker as it runs in a deployment, with the local runner in the host's place, in one process. */
export interface Worker {
	intakeUrl: string;
	/** Whoever asks there has signed in. */
	boardUrl: string;
	pid: number;
	/** From its start until it said that it is ready. */
	readyMs: number;
	stop: () => Promise<void>;
}

/** For an intake alone: bells are rung, and no one answers. */
export const withoutDeliveries = { 'AzureWebJobs.LeadDelivery.Disabled': 'true' };

/** Starts a worker whose sweep never runs by itself, and whose mails an hour are not limited; everything else is as by default. `app` is the folder of a build. */
export async function startWorker(
	connectionString: string,
	sandboxUrl: string,
	settings: Record<string, string> = {},
	app = '.',
): Promise<Worker> {
	const data = mkdtempSync(join(tmpdir(), 'lead-intake-bench-'));
	const development = developmentSignIn({});
	const begun = performance.now();
	const worker = await superviseWorker({
		worker: { app, data, port: 0, leaseSeconds: 600, ...(development && { signIn: development.signIn }) },
		settings: {
			PATH: process.env.PATH,
			...sandboxSettings(sandboxUrl),
			AzureWebJobsStorage: connectionString,
			LEAD_SWEEP_SCHEDULE: '0 0 0 1 1 *',
			EMAIL_MAX_PER_HOUR: '999999',
			...settings,
			...development?.settings,
		},
	});
	const readyMs = performance.now() - begun;
	const intake = worker.ready.functions.find(({ name }) => name === 'LeadIntake');
	return {
		intakeUrl: `http://127.0.0.1:${worker.ready.port}/${intake?.path}?code=${intake?.key}`,
		boardUrl: `http://127.0.0.1:${worker.ready.port}/board`,
		pid: worker.pid(),
		readyMs,
		stop: async () => {
			await worker.stop(2000);
			rmSync(data, { recursive: true, force: true });
		},
	};
}

/** Posts one lead and waits for its answer; its lead id. Throws when it is not accepted. */
export async function postOne(intakeUrl: string, body: string): Promise<string> {
	const response = await fetch(intakeUrl, { method: 'POST', body });
	if (response.status !== 202) throw new Error(`the intake answered ${response.status}`);
	return ((await response.json()) as { leadId: string }).leadId;
}
