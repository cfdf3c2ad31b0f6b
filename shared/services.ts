import { setTimeout } from 'node:timers/promises';
import { type Spill, spillQueue, spillTo } from './accept/spill.ts';
import { createDeadlines, type Deadline } from './basics/create-deadlines.ts';
import type { Environment } from './basics/environment.ts';
import { remember } from './basics/remember.ts';
import type { Clock } from './basics/time.ts';
import type { Destination, DestinationName } from './delivery/destination.ts';
import { kindOf, namesOf } from './delivery/destination-kind.ts';
import { destinationKinds } from './destinations/destination-kinds.ts';
import type { Journal } from './journal/journal.ts';
import { createTableJournal, journalTable } from './journal/table/table-journal.ts';
import { bellQueue, type RingBell } from './queues/bell.ts';
import { ringOn } from './queues/ring-on.ts';
import { readSettings } from './settings/read-settings.ts';
import { type Settings, storageOf } from './settings/settings.ts';
import { sendMessage } from './storage/messages.ts';
import { openQueue, openTable } from './storage/open-storage.ts';
import type { StorageQueue } from './storage/queues/storage-queue.ts';
import { createStorageTime } from './storage/storage-time.ts';
import { groupCommits } from './storage/tables/group-commits.ts';

/** Everything that the functions depend on, opened when it is first asked for. */
export interface Services {
	settings: Settings;
	clock: Clock;
	random: () => number;
	deadline: Deadline;
	pause: (ms: number) => Promise<void>;
	journal: () => Promise<Journal>;
	spill: () => Promise<Spill>;
	bell: () => Promise<RingBell>;
	queue: (name: string) => Promise<StorageQueue>;
	destination: (name: DestinationName) => Promise<Destination>;
}

/** The composition root. Nothing is loaded or opened here: the intake never waits for what it does not need. */
export function openServices(environment: Environment, kinds = destinationKinds): Services {
	const settings = readSettings(environment, kinds);
	const time = createStorageTime();
	const getToken = remember(async () => {
		const { getTokenFrom, openCredential } = await import('./tokens/open-credential.ts');
		return getTokenFrom(openCredential(settings.clientId));
	});
	const queue = remember((name: string) => openQueue(storageOf(settings), name));
	return {
		settings,
		clock: time.now,
		random: Math.random,
		deadline: createDeadlines(),
		pause: (ms) => setTimeout(ms),
		journal: remember(async () => {
			const table = await openTable(storageOf(settings), journalTable, time.policy);
			return createTableJournal({ ...table, commit: groupCommits(table) }, namesOf(settings.kinds));
		}),
		spill: remember(async () => {
			const spilled = await queue(spillQueue);
			return spillTo((text, signal) => sendMessage(spilled, text, { signal }));
		}),
		bell: remember(async () => ringOn(await queue(bellQueue))),
		queue,
		destination: remember(async (name: DestinationName) => {
			const kind = kindOf(settings.kinds, name);
			if (!kind) throw Object.assign(new Error(`${name} is not a destination`), { code: 'UnknownDestination' });
			const [{ open }, token, { askOnce }] = await Promise.all([kind.load(), getToken(), import('./delivery/ask-once.ts')]);
			return open(settings.own[name], { getToken: token, fetch, ask: askOnce });
		}),
	};
}
