import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../sandbox/children/start-child.ts';

export interface Accounts {
	/** The connection string of the n-th account, counted from 0. */
	connectionString: (index: number) => string;
	/** Of the emulator's process. */
	pid: number;
	stop: () => Promise<void>;
}

const key = Buffer.from('a storage key for experiments only').toString('base64');

/** One Azurite with as many storage accounts as are asked for, each with queues and tables of its own; `inMemory` spares it its files. */
export async function openAccounts(count: number, { inMemory = false } = {}): Promise<Accounts> {
	const folder = mkdtempSync(join(tmpdir(), 'lead-intake-chaos-'));
	const names = Array.from({ length: count }, (_, index) => `account${index}`);
	const child: Child<{ connectionString: string }> = await startChild('dist/sandbox/storage/azurite-process.mjs', {
		options: { folder, services: ['queue', 'table'], inMemory },
		environment: { ...process.env, AZURITE_ACCOUNTS: names.map((name) => `${name}:${key}`).join(';') },
	});
	return {
		pid: child.pid,
		connectionString: (index) =>
			child.ready.connectionString.replaceAll('devstoreaccount1', names[index] ?? '').replace(/AccountKey=[^;]+/, `AccountKey=${key}`),
		stop: async () => {
			await child.stop(10_000);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
