import { setTimeout } from 'node:timers/promises';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { bundleProduct } from '../tools/product-bundle.js';
import type { BenchOptions } from './bench-options.ts';
import { type Figure, median, spread } from './figure.ts';
import { postLeads } from './post-leads.ts';
import { residentMiB } from './process-use.ts';
import { startWorker, type Worker } from './start-worker.ts';
import { type Arrivals, watchArrivals } from './watch-arrivals.ts';

/** Shortened for the outage alone: with the defaults one waits for the rests, which say nothing of the machine. */
const shortCooldowns = { DELIVERY_RETRY_FIRST: 'PT1S', DELIVERY_ATTEMPT_TIMEOUT: 'PT5S', LEAD_SWEEP_SCHEDULE: '*/5 * * * * *' };

/** V8 takes what memory there is, and frees it late: with a small heap one sees what the worker needs. */
const smallHeap = { NODE_OPTIONS: '--max-old-space-size=48 --max-semi-space-size=2' };

/** Leads a second from POST to both destinations, what the worker then holds in memory, and how fast a mail outage drains. */
export async function benchThroughput({ rounds, quick, report, openStorage }: BenchOptions): Promise<Figure[]> {
	const leads = quick ? 10 : 1000;
	const waiting = quick ? 5 : 500;
	const accounts = await openStorage(rounds * 3);
	const [perSecond, memory, memoryNeeded, whenReady, drain, drainFromFirst] = [
		[] as number[],
		[] as number[],
		[] as number[],
		[] as number[],
		[] as number[],
		[] as number[],
	];
	let account = 0;
	try {
		for (let round = 0; round < rounds; round++) {
			report(`end to end, round ${round + 1} of ${rounds}`);
			await withWorker({}, async (worker, arrivals) => {
				whenReady.push(residentMiB(worker.pid));
				perSecond.push(await deliver(leads, worker, arrivals));
				memory.push(residentMiB(worker.pid));
			});
			if (!quick)
				await withWorker(smallHeap, async (worker, arrivals) => {
					await deliver(leads, worker, arrivals);
					memoryNeeded.push(residentMiB(worker.pid));
				});
			report(`drain after an outage, round ${round + 1} of ${rounds}`);
			await withWorker(shortCooldowns, async (worker, arrivals, sandboxUrl) => {
				await fetch(`${sandboxUrl}/faults`, { method: 'PUT', body: JSON.stringify({ graph: { status: 503 } }) });
				await postLeads(worker.intakeUrl, { connections: Math.min(20, waiting), leads: waiting });
				// The CRM is not delayed by the mailbox's outage.
				await arrivals.until(({ leads }) => leads >= waiting);
				await setTimeout(quick ? 0 : 10_000);
				const begun = performance.now();
				await fetch(`${sandboxUrl}/faults`, { method: 'DELETE' });
				const first = await arrivals.until(({ mails }) => mails > 0);
				const ended = await arrivals.until(({ mails }) => mails >= waiting);
				drain.push((ended - begun) / 1000);
				drainFromFirst.push((ended - first) / 1000);
			});
		}
	} finally {
		await accounts.stop();
	}
	const figure = ({ values, ...what }: Omit<Figure, 'value' | 'note'> & { values: number[] }): Figure => ({
		...what,
		value: median(values),
		note: spread(values),
	});
	return [
		figure({ part: 'throughput', what: `POST to mail and record, ${leads} leads`, values: perSecond, unit: '/s' }),
		figure({ part: 'throughput', what: `${waiting} waiting mails after an outage, from its end`, values: drain, unit: 's' }),
		figure({
			part: 'throughput',
			what: `${waiting} waiting mails after an outage, from the first mail`,
			values: drainFromFirst,
			unit: 's',
		}),
		figure({ part: 'worker', what: 'memory when ready, runner and worker', values: whenReady, unit: 'MiB' }),
		figure({ part: 'worker', what: `memory after ${leads} leads, runner and worker`, values: memory, unit: 'MiB', aim: { atMost: 120 } }),
		...(quick
			? []
			: [figure({ part: 'worker', what: `memory after ${leads} leads, with a heap of 48 MiB`, values: memoryNeeded, unit: 'MiB' })]),
		{ part: 'worker', what: 'bundle', value: await bundleBytes(), unit: 'bytes' },
	];

	async function withWorker(
		settings: Record<string, string>,
		run: (worker: Worker, arrivals: Arrivals, sandboxUrl: string) => Promise<void>,
	): Promise<void> {
		const sandbox = await startSandbox({ port: 0 });
		const arrivals = await watchArrivals(sandbox.url);
		const worker = await startWorker(accounts.connectionString(account++), sandbox.url, settings);
		try {
			await run(worker, arrivals, sandbox.url);
		} finally {
			arrivals.stop();
			await worker.stop();
			await sandbox.close();
		}
	}
}

async function bundleBytes(): Promise<number> {
	const { files } = await bundleProduct();
	return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}

/** Leads a second from the first POST until the last mail and record, after one lead that warms up. */
async function deliver(leads: number, worker: Worker, arrivals: Arrivals): Promise<number> {
	await postLeads(worker.intakeUrl, { connections: 1, leads: 1 });
	await arrivals.until(({ mails, leads: records }) => mails >= 1 && records >= 1);
	const begun = performance.now();
	await postLeads(worker.intakeUrl, { connections: Math.min(20, leads), leads });
	const ended = await arrivals.until(({ mails, leads: records }) => mails > leads && records > leads);
	return (leads / (ended - begun)) * 1000;
}
