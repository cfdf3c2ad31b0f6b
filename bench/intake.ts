import { startSandbox } from '../sandbox/start-sandbox.ts';
import type { BenchOptions } from './bench-options.ts';
import { runBareHandler, startStorageStub } from './child-parts.ts';
import { type Figure, median, spread } from './figure.ts';
import { type Load, postLeads } from './post-leads.ts';
import { cpuMs } from './process-use.ts';
import { startWorker, withoutDeliveries } from './start-worker.ts';

const connections = 20;

/** POSTs a second: on Azurite, with deliveries under way, and on a storage that answers at once. */
export async function benchIntake({ rounds, quick, report, openStorage }: BenchOptions): Promise<Figure[]> {
	const leads = quick ? 20 : 3000;
	const warmUp = quick ? 5 : 500;
	const loads = { intake: [] as Load[], delivering: [] as Load[], stub: [] as Load[] };
	const cpuPerLead: number[] = [];
	const handler: number[] = [];
	const own: number[] = [];
	const sandbox = await startSandbox({ port: 0 });
	const accounts = await openStorage(rounds * 2);
	const stub = await startStorageStub();
	let account = 0;
	/** With a warm worker; the processor's milliseconds a lead too. */
	const run = async (connectionString: string, settings: Record<string, string>, amount = leads): Promise<[Load, number]> => {
		const worker = await startWorker(connectionString, sandbox.url, settings);
		try {
			await postLeads(worker.intakeUrl, { connections: Math.min(connections, warmUp), leads: warmUp });
			const before = cpuMs(worker.pid);
			const load = await postLeads(worker.intakeUrl, { connections, leads: amount });
			return [load, (cpuMs(worker.pid) - before) / amount];
		} finally {
			await worker.stop();
		}
	};
	try {
		for (let round = 0; round < rounds; round++) {
			report(`intake, round ${round + 1} of ${rounds}`);
			// In turn, so that what the machine does meanwhile strikes all of them alike.
			loads.intake.push((await run(accounts.connectionString(account++), withoutDeliveries))[0]);
			const [load, cpu] = await run(stub.ready.connectionString, withoutDeliveries, leads * 2);
			loads.stub.push(load);
			cpuPerLead.push(cpu);
			const { cpuMs: whole, ownCpuMs } = await runBareHandler({
				connectionString: stub.ready.connectionString,
				connections,
				leads: leads * 2,
			});
			handler.push(whole);
			own.push(ownCpuMs);
			loads.delivering.push((await run(accounts.connectionString(account++), {}, Math.min(leads, 500)))[0]);
		}
	} finally {
		await stub.stop(1000);
		await accounts.stop();
		await sandbox.close();
	}
	const figure = (what: string, values: number[], unit: string, aim?: Figure['aim']): Figure => ({
		part: 'intake',
		what,
		value: median(values),
		unit,
		...(aim && { aim }),
		note: spread(values),
	});
	const rates = (all: Load[]) => all.map(({ perSecond }) => perSecond);
	const latency = (name: string, all: Load[], aim?: Figure['aim']) => [
		figure(
			`${name}, p50`,
			all.map(({ p50Ms }) => p50Ms),
			'ms',
		),
		figure(
			`${name}, p99`,
			all.map(({ p99Ms }) => p99Ms),
			'ms',
			aim,
		),
	];
	return [
		figure('POSTs on Azurite', rates(loads.intake), '/s'),
		...latency('POSTs on Azurite', loads.intake),
		figure('POSTs while leads are delivered', rates(loads.delivering), '/s'),
		...latency('POSTs while leads are delivered', loads.delivering),
		figure('POSTs on a storage that answers at once', rates(loads.stub), '/s', { atLeast: 1500 }),
		...latency('POSTs on a storage that answers at once', loads.stub, { atMost: 25 }),
		figure('CPU a lead, the local runner included', cpuPerLead, 'ms'),
		figure('CPU a lead, the app and storage’s client alone', handler, 'ms', { atMost: 1 }),
		figure('CPU a lead, the app alone', own, 'ms'),
	];
}
