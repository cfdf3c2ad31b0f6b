import { isSwitchedOff } from '../../host/setting-of.ts';
import type { App } from './app.ts';
import type { FunctionMetadata } from './core-api.ts';
import { type HttpFunction, toHttpFunction } from './http-function.ts';
import { type QueueFunction, toQueueFunction } from './queue-function.ts';
import { type TimerFunction, toTimerFunction } from './timer-function.ts';

/** The functions of an app that this runner can trigger, by what triggers them. */
export interface Functions {
	http: HttpFunction[];
	queue: QueueFunction[];
	timer: TimerFunction[];
}

type Settings = Record<string, string | undefined>;

/**
 * Sorts an app's functions by trigger. One that is disabled (`AzureWebJobs.<name>.Disabled`) is left out; one that cannot be read, or that this runner cannot
 * drive, is left out with a word: as in the host, the others go on.
 */
export function readFunctions(
	app: App,
	{ routePrefix, settings, warn }: { routePrefix: string; settings: Settings; warn: (message: string) => void },
): Functions {
	const functions: Functions = { http: [], queue: [], timer: [] };
	for (const { metadata } of app.functions.values()) {
		if (isSwitchedOff(metadata.name, settings)) continue;
		try {
			const type = triggerType(metadata);
			if (type === 'httptrigger') functions.http.push(toHttpFunction(metadata, routePrefix));
			else if (type === 'queuetrigger') functions.queue.push(toQueueFunction(metadata, settings));
			else if (type === 'timertrigger') functions.timer.push(toTimerFunction(metadata, settings));
			else throw new Error(`the local runner does not know ${type}`);
			const outputs = Object.values(metadata.bindings).filter(
				({ direction, type }) => direction === 'out' && type.toLowerCase() !== 'http',
			);
			if (outputs.length > 0) warn(`The local runner writes no outputs: those of '${metadata.name}' are dropped.`);
		} catch (error) {
			warn(`The '${metadata.name}' function is in error: ${(error as Error).message}`);
		}
	}
	return functions;
}

/** Type of a function's trigger, in lower case. */
export const triggerType = ({ bindings }: FunctionMetadata): string =>
	Object.values(bindings)
		.map(({ type }) => type.toLowerCase())
		.find((type) => type.endsWith('trigger')) ?? '';
