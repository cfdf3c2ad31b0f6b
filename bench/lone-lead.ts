import { setTimeout } from 'node:timers/promises';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import type { BenchOptions } from './bench-options.ts';
import { type Figure, median, percentile, spread } from './figure.ts';
import { nextPayload } from './lead-payload.ts';
import { postOne, startWorker } from './start-worker.ts';

/** From the POST of a lead that is alone until its record is in the CRM: with a worker that has delivered before, and with one that has just started. */
export async function benchLoneLead({ rounds, quick, report, openStorage }: BenchOptions): Promise<Figure[]> {
	const sandbox = await startSandbox({ port: 0 });
	const accounts = await openStorage(1);
	const connectionString = accounts.connectionString(0);
	const [warm, cold, firstAnswer, ready] = [[] as number[], [] as number[], [] as number[], [] as number[]];
	/** Milliseconds until the answer, and until the record. */
	const way = async (intakeUrl: string) => {
		await fetch(`${sandbox.url}/crm.json`, { method: 'DELETE' });
		const begun = performance.now();
		const leadId = await postOne(intakeUrl, nextPayload());
		const answered = performance.now() - begun;
		const arrived = async () => (await (await fetch(`${sandbox.url}/crm.json`)).text()).includes(leadId);
		while (!(await arrived())) await setTimeout(2);
		return { answered, recorded: performance.now() - begun };
	};
	try {
		for (let start = 0; start < (quick ? 1 : Math.max(10, rounds)); start++) {
			report(`lone lead, start ${start + 1}`);
			const worker = await startWorker(connectionString, sandbox.url);
			try {
				const first = await way(worker.intakeUrl);
				ready.push(worker.readyMs);
				firstAnswer.push(worker.readyMs + first.answered);
				cold.push(first.recorded);
				for (let index = 0; index < (quick ? 2 : 10); index++) {
					const { recorded } = await way(worker.intakeUrl);
					if (index > 0) warm.push(recorded);
					if (!quick) await setTimeout(100);
				}
			} finally {
				await worker.stop();
			}
		}
	} finally {
		await accounts.stop();
		await sandbox.close();
	}
	const figure = (what: string, value: number, values: number[]): Figure => ({
		part: 'lone',
		what,
		value,
		unit: 'ms',
		note: spread(values),
	});
	return [
		figure('POST to CRM record, warm, median', median(warm), warm),
		figure('POST to CRM record, warm, p95', percentile(warm, 0.95), warm),
		figure('POST to CRM record, worker just started, median', median(cold), cold),
		figure('POST to CRM record, worker just started, p95', percentile(cold, 0.95), cold),
		figure('worker start to ready', median(ready), ready),
		figure('worker start to first 202', median(firstAnswer), firstAnswer),
	];
}
