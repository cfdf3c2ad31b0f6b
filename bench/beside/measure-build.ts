import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Accounts } from '../../chaos/open-accounts.ts';
import { storageUpstreams, throughProxy } from '../../chaos/proxy-storage.ts';
import { startProxy } from '../../chaos/start-proxy.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { runBareIntake } from '../child-parts.ts';
import { nextPayload } from '../lead-payload.ts';
import { postLeads } from '../post-leads.ts';
import { cpuMs, residentMiB } from '../process-use.ts';
import { postOne, startWorker, type Worker, withoutDeliveries } from '../start-worker.ts';
import { countStorage, type StorageCount } from '../storage-counter.ts';
import { type Arrivals, watchArrivals } from '../watch-arrivals.ts';
import type { Build } from './prepare-build.ts';

/** How much one measurement posts. */
export interface Amounts {
	/** The first of a process, measured apart: code is compiled meanwhile. */
	first: number;
	next: number;
	/** For the whole way. */
	delivered: number;
	/** Before the memory is looked at, and how long later. */
	held: number;
	heldMs: number;
	/** One after the other; and at once. */
	lone: number;
	burst: number;
}

/** What one measurement of a build is done with. */
export interface Measurement {
	build: Build;
	amounts: Amounts;
	/** Of a storage that answers at once. */
	stub: string;
	/** Azurite, with nothing in it. */
	openStorage: () => Promise<Accounts>;
}

/** Figures of one measurement by name. */
export type Measured = Record<string, number>;

const connections = 20;

interface Surroundings {
	accounts: Accounts;
	connectionString: string;
	sandbox: RunningSandbox;
	worker: Worker;
	arrivals: Arrivals;
}

/** A build with a sandbox and an Azurite of its own, which holds nothing yet. */
async function withBuild<Result>(
	{ build: { folder }, openStorage }: Pick<Measurement, 'build' | 'openStorage'>,
	settings: Record<string, string>,
	run: (surroundings: Surroundings) => Promise<Result>,
	through: (connectionString: string) => string = (connectionString) => connectionString,
): Promise<Result> {
	const accounts = await openStorage();
	const sandbox = await startSandbox({ port: 0 });
	const arrivals = await watchArrivals(sandbox.url);
	try {
		const connectionString = through(accounts.connectionString(0));
		const worker = await startWorker(connectionString, sandbox.url, settings, folder);
		try {
			return await run({ accounts, connectionString, sandbox, worker, arrivals });
		} finally {
			await worker.stop();
		}
	} finally {
		arrivals.stop();
		await sandbox.close();
		await accounts.stop();
	}
}

/** Of the processor, so far: app and local runner, and the emulator. */
const cpuOf = ({ worker, accounts }: Surroundings) => ({ app: cpuMs(worker.pid), store: cpuMs(accounts.pid) });

/** A lead's share of what was used since then. */
function perLead(all: Surroundings, before: ReturnType<typeof cpuOf>, leads: number) {
	const now = cpuOf(all);
	const [app, store] = [(now.app - before.app) / leads, (now.store - before.store) / leads];
	return { both: app + store, store };
}

/** POSTs without deliveries: the first ones of the process, and the next. */
export const measureAccepting = (measurement: Measurement): Promise<Measured> =>
	withBuild(measurement, withoutDeliveries, async (all) => {
		const { first, next } = measurement.amounts;
		const load = async (leads: number) => {
			const before = cpuOf(all);
			const { perSecond, p99Ms } = await postLeads(all.worker.intakeUrl, { connections, leads });
			return { perSecond, p99Ms, cpu: perLead(all, before, leads) };
		};
		const [begin, then] = [await load(first), await load(next)];
		return {
			'accepted a second, first': begin.perSecond,
			'accepted a second': then.perSecond,
			'p99 of a POST': then.p99Ms,
			'CPU a lead, app and store, first': begin.cpu.both,
			'CPU a lead, app and store': then.cpu.both,
			'CPU a lead, of this the store': then.cpu.store,
		};
	});

/** POSTs with deliveries, until the last mail and record. */
export const measureWholeWay = (measurement: Measurement): Promise<Measured> =>
	withBuild(measurement, {}, async (all) => {
		const { worker, arrivals } = all;
		const { first, delivered } = measurement.amounts;
		const deliver = async (leads: number, already: number) => {
			const [begun, before] = [performance.now(), cpuOf(all)];
			const load = await postLeads(worker.intakeUrl, { connections, leads });
			const ended = await arrivals.until(({ mails, leads: records }) => mails >= already + leads && records >= already + leads, 600_000);
			return { accepted: load.perSecond, perSecond: (leads / (ended - begun)) * 1000, cpu: perLead(all, before, leads) };
		};
		const warmUp = Math.min(first, delivered);
		const begin = await deliver(warmUp, 0);
		const then = await deliver(delivered, warmUp);
		return {
			'whole way, leads a second, first': begin.perSecond,
			'whole way, leads a second': then.perSecond,
			'CPU a lead, worker and store, whole way': then.cpu.both,
			'CPU a lead, whole way, of this the store': then.cpu.store,
			'accepted a second while delivering': then.accepted,
		};
	});

/** The handler of the intake alone, against a storage that answers at once; and what it costs to load the app. */
export async function measureHandler({ build: { folder }, stub, amounts: { first, next } }: Measurement): Promise<Measured> {
	const cost = async (connections: number) => {
		const { loadMs, loads } = await runBareIntake({
			app: folder,
			settings: { AzureWebJobsStorage: stub, LEAD_DESTINATIONS: 'email;crm' },
			loads: [{ connections, first, next }],
		});
		const [{ firstMs, nextMs } = { firstMs: Number.NaN, nextMs: Number.NaN }] = loads;
		return { loadMs, firstMs, nextMs };
	};
	const [many, one] = [await cost(connections), await cost(1)];
	return {
		'CPU a lead, bare handler, 20 connections, first': many.firstMs,
		'CPU a lead, bare handler, 20 connections': many.nextMs,
		'CPU a lead, bare handler, one connection': one.nextMs,
		'CPU to load the code': (many.loadMs + one.loadMs) / 2,
	};
}

/** A worker that starts, on a journal that is there, until its first answer. */
export async function measureStart({ build, openStorage }: Measurement): Promise<Measured> {
	const accounts = await openStorage();
	try {
		const start = () =>
			withBuild(
				{ build, openStorage: async () => ({ ...accounts, stop: async () => undefined }) },
				withoutDeliveries,
				async ({ worker }) => {
					const begun = performance.now();
					await postOne(worker.intakeUrl, nextPayload());
					return worker.readyMs + (performance.now() - begun);
				},
			);
		await start();
		return { 'worker start to first 202': await start() };
	} finally {
		await accounts.stop();
	}
}

/** Operations on storage a lead, counted on the wire: of leads that come alone, and of many at once. */
export async function measureOperations({ build, openStorage, amounts: { lone, burst } }: Measurement): Promise<Measured> {
	const accounts = await openStorage();
	const counter = countStorage();
	const proxy = await startProxy(storageUpstreams(accounts.connectionString(0)), counter.gate);
	try {
		return await withBuild(
			{ build, openStorage: async () => ({ ...accounts, stop: async () => undefined }) },
			{},
			async ({ worker, arrivals }) => {
				let posted = 0;
				const arrived = (leads: number) => arrivals.until(({ mails, leads: records }) => mails >= leads && records >= leads, 600_000);
				const post = async (leads: number, atOnce: number) => {
					posted += leads;
					await postLeads(worker.intakeUrl, { connections: atOnce, leads });
					await arrived(posted);
				};
				await post(1, 1);
				await untilQuiet(counter.peek);
				counter.take();
				for (let number = 0; number < lone; number++) await post(1, 1);
				await untilQuiet(counter.peek);
				const alone = counter.take().operations / lone;
				await post(burst, connections);
				await untilQuiet(counter.peek);
				return { 'storage operations, a lone lead': alone, 'storage operations a lead, burst': counter.take().operations / burst };
			},
			(connectionString) => throughProxy(connectionString, proxy),
		);
	} finally {
		await proxy.close();
		await accounts.stop();
	}
}

/** For a bell that is not answered: on a busy machine, a lead's last operations may be seconds apart. */
const unansweredMs = 10_000;

/** What belongs to a lead comes after its arrival too: its outcomes, and the end of its bell as the last. */
async function untilQuiet(peek: () => StorageCount): Promise<void> {
	const begun = Date.now();
	const ofBells = (kind: string) =>
		Object.entries(peek().byKind).reduce((sum, [what, count]) => sum + (what.startsWith(`queue ${kind} /bells/messages`) ? count : 0), 0);
	const isAnswered = () => ofBells('POST') <= ofBells('DELETE') || Date.now() - begun > unansweredMs;
	for (let before = -1; before !== peek().operations || !isAnswered(); ) {
		before = peek().operations;
		await setTimeout(500);
	}
}

/** Live heap, and the resident set some time after the last of many leads. */
export async function measureMemory({ build, openStorage, amounts: { held, heldMs } }: Measurement): Promise<Measured> {
	const folder = mkdtempSync(join(tmpdir(), 'lead-intake-memory-'));
	const file = join(folder, 'heap');
	try {
		const probe = { NODE_OPTIONS: `--require ${join(process.cwd(), 'bench/probe-memory.cjs')}`, MEMORY_FILE: file };
		return await withBuild({ build, openStorage }, probe, async ({ worker, arrivals }) => {
			await postLeads(worker.intakeUrl, { connections, leads: held });
			await arrivals.until(({ mails, leads }) => mails >= held && leads >= held, 600_000);
			await setTimeout(heldMs);
			const resident = residentMiB(worker.pid);
			process.kill(worker.pid, 'SIGUSR2');
			while (!existsSync(file)) await setTimeout(50);
			await setTimeout(100); // until it is written
			return { 'live heap': Number(readFileSync(file, 'utf8')) / 2 ** 20, 'resident set later': resident };
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
