import type { CheckLine } from '../basics/check-line.ts';
import type { Environment } from '../basics/environment.ts';
import type { Clock } from '../basics/time.ts';
import { type Audience, type DestinationKind, kindOf, type LoadedKind } from '../delivery/destination-kind.ts';
import type { Journal } from '../journal/journal.ts';
import { type Settings, usedDestinations } from '../settings/settings.ts';
import type { StorageQueue } from '../storage/queues/storage-queue.ts';
import type { StorageTable } from '../storage/tables/storage-table.ts';
import type { GetToken } from '../tokens/open-credential.ts';

/** What checks depend on. */
export interface CheckDeps {
	/** As the app is given it. */
	environment: Environment;
	settings: Settings;
	clock: Clock;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
	fetch: typeof fetch;
	/** Tokens of the identity with this client id. */
	tokensOf: (clientId: string | undefined) => GetToken;
	/** The journal's table. */
	table: () => Promise<StorageTable>;
	queue: (name: string) => Promise<StorageQueue>;
	journal: () => Promise<Journal>;
	/** The text of host.json; throws when there is none. */
	hostFile: () => string;
	/** `24.1.0` */
	nodeVersion: string;
}

/** Looks at one thing. What it cannot look at is a line too; what it throws was not foreseen. */
export type Check = (deps: CheckDeps) => CheckLine[] | Promise<CheckLine[]>;

/** The destinations that any lead may go to, with all that a check needs of them. */
export async function usedKinds(settings: Settings): Promise<{ kind: DestinationKind; loaded: LoadedKind<unknown> }[]> {
	const kinds = [...usedDestinations(settings)].flatMap((name) => kindOf(settings.kinds, name) ?? []);
	const inOrder = settings.kinds.filter((kind) => kinds.includes(kind));
	return Promise.all(inOrder.map(async (kind) => ({ kind, loaded: await kind.load() })));
}

/** The services that take tokens of ours for these settings. */
export async function audiencesOf(settings: Settings): Promise<Audience[]> {
	return (await usedKinds(settings)).flatMap(({ kind, loaded }) => loaded.audiences(settings.own[kind.name]));
}
