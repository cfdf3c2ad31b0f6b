import { randomUUID } from 'node:crypto';
import { spillQueue } from '../accept/spill.ts';
import { type CheckLine, checkTimeoutMs, ok } from '../basics/check-line.ts';
import { UnprovenAnswer } from '../basics/failures.ts';
import { journalTable } from '../journal/table/table-journal.ts';
import { bellQueue } from '../queues/bell.ts';
import type { StorageQueue } from '../storage/queues/storage-queue.ts';
import type { StorageTable } from '../storage/tables/storage-table.ts';
import type { Check, CheckDeps } from './check.ts';
import { storageTrouble } from './storage-trouble.ts';

/** Of its own: no look-up of the journal ever comes here. */
const probePartition = 'doctor';
/** Seconds. Should taking it back fail, the probe is seen for a second by whoever reads the queue, then it is gone. */
const [probeHiddenS, probeLivesS] = [100, 101];

/** The journal's table and the queues: there (what is missing is made, as the app itself does), readable, writable; nothing stays behind. */
export const checkStorage: Check = async (deps) => {
	if (!deps.settings.storage) return []; // said among the settings
	const names = [bellQueue, `${bellQueue}-poison`, spillQueue];
	return Promise.all([
		probe(deps, `The table ${journalTable}`, 'Storage Table Data Contributor', async () => probeTable(await deps.table(), deps)),
		...names.map((name) =>
			probe(deps, `The queue ${name}`, 'Storage Queue Data Contributor', async () => probeQueue(await deps.queue(name), deps)),
		),
	]);
};

async function probe(deps: CheckDeps, what: string, role: string, run: () => Promise<'was there' | 'was made'>): Promise<CheckLine> {
	try {
		const made = (await run()) === 'was made' ? ' It was missing and has been created.' : '';
		return ok('storage', `${what} can be read and written.${made}`);
	} catch (error) {
		return storageTrouble(error, what, role, deps.settings);
	}
}

async function probeTable(table: StorageTable, { deadline }: CheckDeps) {
	const signal = deadline(checkTimeoutMs);
	const key = { partitionKey: probePartition, rowKey: randomUUID() };
	const made = await orMade(
		() => table.commit([['create', key]], signal),
		() => table.make(signal),
	);
	const row = await table.read(key, signal);
	if (!row) throw new UnprovenAnswer('storage', 'the row that was just written');
	await table.remove(row, signal);
	return made;
}

async function probeQueue(queue: StorageQueue, { deadline }: CheckDeps) {
	const signal = deadline(checkTimeoutMs);
	const made = await orMade(
		() => queue.peek({ most: 1 }, signal),
		() => queue.make(signal),
	);
	await queue.remove(await queue.send('', { hiddenS: probeHiddenS, livesS: probeLivesS }, signal), signal);
	return made;
}

async function orMade(use: () => Promise<unknown>, make: () => Promise<unknown>): Promise<'was there' | 'was made'> {
	try {
		await use();
		return 'was there';
	} catch (error) {
		if ((error as { statusCode?: number }).statusCode !== 404) throw error;
		await make();
		await use();
		return 'was made';
	}
}
