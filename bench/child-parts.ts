import { obeyParent, tellParent } from '../sandbox/children/obey-parent.ts';
import { type Child, startChild } from '../sandbox/children/start-child.ts';
import { bareHandler, type HandlerCost } from './bare-handler.ts';
import { type BareIntakeCost, type BareIntakeOptions, bareIntake } from './beside/bare-intake.ts';
import { openStorageStub } from './storage-stub.ts';

type ChildPart = ({ part: 'intake' } & BareIntakeOptions) | ({ part: 'handler' } & Parameters<typeof bareHandler>[0]) | { part: 'stub' };

/** What the bench does in a process of its own, so that it competes with the worker as a client or a service does. Ready when it is done, or serves. */
export async function runChildPart(options: ChildPart): Promise<void> {
	obeyParent(async () => undefined);
	try {
		if (options.part === 'intake') await tellParent({ kind: 'ready', ...(await bareIntake(options)) });
		else if (options.part === 'handler') await tellParent({ kind: 'ready', ...(await bareHandler(options)) });
		else await tellParent({ kind: 'ready', connectionString: await openStorageStub() });
	} catch (error) {
		await tellParent({ kind: 'failed', message: `${options.part}: ${(error as Error).message}` });
		process.exit(1);
	}
}

const start = <Ready extends object>(options: ChildPart): Promise<Child<Ready>> =>
	startChild('dist/tools/bench.mjs', { options, environment: process.env });

async function run<Result extends object>(options: ChildPart): Promise<Result> {
	const child = await start<Result>(options);
	await child.stop(1000);
	return child.ready;
}

export const runBareIntake = (options: BareIntakeOptions) => run<BareIntakeCost>({ part: 'intake', ...options });
export const runBareHandler = (options: Parameters<typeof bareHandler>[0]) => run<HandlerCost>({ part: 'handler', ...options });

/** Starts the storage that answers at once. */
export const startStorageStub = (): Promise<Child<{ connectionString: string }>> => start({ part: 'stub' });
