import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { startSandbox } from '../sandbox/start-sandbox.ts';
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
	const [perSecond, memory, memoryNeeded, atCooldown, drain, drainFromFirst] = [
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
				atCooldown.push(residentMiB(worker.pid));
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
	const figure = (part: string, what: string, values: number[], unit: string, aim?: Figure['aim']): Figure => ({
		part,
		what,
		value: median(values),
		unit,
		...(aim && { aim }),
		note: spread(values),
	});
	return [
		figure('throughput', `POST to mail and record, ${leads} leads`, perSecond, '/s'),
		figure('throughput', `${waiting} waiting mails after an outage, from its end`, drain, 's'),
		figure('throughput', `${waiting} waiting mails after an outage, from the first mail`, drainFromFirst, 's'),
		figure('worker', 'memory when ready, runner and worker', atCooldown, 'MiB'),
		figure('worker', `memory after ${leads} leads, runner and worker`, memory, 'MiB', { atMost: 120 }),
		...(quick ? [] : [figure('worker', `memory after ${leads} leads, with a heap of 48 MiB`, memoryNeeded, 'MiB')]),
		{ part: 'worker', what: 'bundle', value: statSync('dist/main.cjs').size, unit: 'bytes' },
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

/** Leads a second from the first POST until the last mail and record, after one lead that warms up. */
async function deliver(leads: number, worker: Worker, arrivals: Arrivals): Promise<number> {
	await postLeads(worker.intakeUrl, { connections: 1, leads: 1 });
	await arrivals.until(({ mails, leads: records }) => mails >= 1 && records >= 1);
	const begun = performance.now();
	await postLeads(worker.intakeUrl, { connections: Math.min(20, leads), leads });
	const ended = await arrivals.until(({ mails, leads: records }) => mails > leads && records > leads);
	return (leads / (ended - begun)) * 1000;
}
