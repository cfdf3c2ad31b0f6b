import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeadRow } from '../sandbox/dataverse/lead-table.ts';
import type { toMailJson } from '../sandbox/graph/mailbox.ts';
import { superviseWorker } from '../sandbox/runner/supervise-worker.ts';
import { sandboxSettings } from '../sandbox/sandbox-settings.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/start-sandbox.ts';
import { storageUpstreams, throughProxy } from './proxy-storage.ts';
import { type Endpoint, endpointName } from './start-endpoint.ts';
import { type Gate, startProxy } from './start-proxy.ts';

/** All that is shortened for an experiment; nothing else differs from a deployment. */
export const shortTimes = {
	DELIVERY_RETRY_FIRST: 'PT1S',
	DELIVERY_ATTEMPT_TIMEOUT: 'PT5S',
	LEAD_SWEEP_SCHEDULE: '*/5 * * * * *',
	EMAIL_MAX_PER_HOUR: '999999',
};
const leaseSeconds = 2;

export interface StackOptions {
	connectionString: string;
	sandbox: RunningSandbox;
	gate: Gate;
	/** Leads go there too. */
	endpoint?: Endpoint;
	settings?: Record<string, string>;
	/** How much the worker's clock is ahead. */
	clockShiftMs?: number;
	onLog?: (line: string) => void;
	/** The worker is ready, at first and whenever it was started again. */
	onStart?: () => void;
}

/** A worker behind a proxy, and what it talks to. */
export interface Stack {
	intakeUrl: string;
	/** Storage as the worker reaches it: through the proxy. */
	connectionString: string;
	/** Kills the worker at once; it is started again. */
	kill: () => void;
	/** Runs the sweep now, as an operator can in the portal. */
	sweep: () => Promise<void>;
	stop: () => Promise<void>;
}

/** Starts a worker that reaches storage, Graph, Dataverse, the identity and an endpoint only through a proxy. */
export async function startStack({
	connectionString,
	sandbox,
	gate,
	endpoint,
	settings = {},
	clockShiftMs = 0,
	onLog,
	onStart,
}: StackOptions): Promise<Stack> {
	const proxy = await startProxy(
		{
			...storageUpstreams(connectionString),
			graph: sandbox.url,
			dataverse: sandbox.url,
			identity: sandbox.url,
			...(endpoint && { webhook: endpoint.url }),
		},
		gate,
	);
	const data = mkdtempSync(join(tmpdir(), 'lead-intake-worker-'));
	const here = sandboxSettings(sandbox.url);
	const proxied = throughProxy(connectionString, proxy);
	const worker = await superviseWorker({
		worker: { app: '.', data, port: 0, leaseSeconds },
		settings: {
			PATH: process.env.PATH,
			...here,
			GRAPH_BASE_URL: `${proxy.url('graph')}/graph`,
			DATAVERSE_URL: proxy.url('dataverse'),
			IDENTITY_ENDPOINT: here.IDENTITY_ENDPOINT?.replace(sandbox.url, proxy.url('identity')),
			AzureWebJobsStorage: proxied,
			...(endpoint && { LEAD_DESTINATIONS: `${here.LEAD_DESTINATIONS};${endpointName}`, ...endpoint.settings(proxy.url('webhook')) }),
			...shortTimes,
			...(clockShiftMs !== 0 && {
				NODE_OPTIONS: `--require ${join(process.cwd(), 'chaos/shift-clock.cjs')}`,
				CLOCK_SHIFT_MS: String(clockShiftMs),
			}),
			...settings,
		},
		...(onStart && { onReady: onStart }),
		...(onLog && { onMessage: (message) => message.kind === 'log' && onLog(message.message) }),
	});
	const { ready } = worker;
	const intake = ready.functions.find(({ name }) => name === 'LeadIntake');
	const base = `http://127.0.0.1:${ready.port}`;
	return {
		connectionString: proxied,
		intakeUrl: `${base}/${intake?.path}?code=${intake?.key}`,
		kill: () => process.kill(worker.pid(), 'SIGKILL'),
		sweep: async () => {
			const headers = { 'x-functions-key': ready.masterKey, 'content-type': 'application/json' };
			await fetch(`${base}/admin/functions/LeadSweep`, { method: 'POST', headers, body: '{}' });
		},
		stop: async () => {
			await worker.stop(500);
			await proxy.close();
			rmSync(data, { recursive: true, force: true });
		},
	};
}

/** What arrived of a lead, and whose it is by e-mail address: a lead that is posted twice may have been given two ids. */
export interface Arrival {
	leadId: string;
	customer: string;
	/** A record that was written again after it was created: what sales had edited meanwhile would be gone. */
	changed?: boolean;
}

/** A sandbox of one's own, and what it has received. */
export async function startReceiver() {
	const sandbox = await startSandbox({ port: 0 });
	const get = async <Row>(path: string) => (await (await fetch(`${sandbox.url}${path}`)).json()) as Row[];
	return {
		sandbox,
		mails: async (): Promise<Arrival[]> =>
			(await get<ReturnType<typeof toMailJson>>('/mailbox.json')).map(({ headers, replyTo }) => ({
				leadId: headers['x-lead-id'] ?? '',
				customer: replyTo[0] ?? '',
			})),
		records: async (): Promise<Arrival[]> =>
			(await get<LeadRow>('/crm.json')).map(({ leadid, emailaddress1, createdon, overriddencreatedon, modifiedon }) => ({
				leadId: leadid,
				customer: String(emailaddress1),
				changed: modifiedon !== (overriddencreatedon ?? createdon),
			})),
	};
}

export const changedOf = (arrivals: Arrival[]): number => arrivals.filter(({ changed }) => changed).length;

/** What came more than once for a customer. */
export const doublesOf = (arrivals: Arrival[]): number => arrivals.length - new Set(arrivals.map(({ customer }) => customer)).size;
