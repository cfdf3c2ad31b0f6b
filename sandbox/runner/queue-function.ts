import type { FunctionMetadata } from './core-api.ts';
import { resolveSettings } from './resolve-settings.ts';

/** A function that queue messages trigger. */
export interface QueueFunction {
	name: string;
	bindingName: string;
	queueName: string;
	/** Name of the app setting, or its prefix. */
	connection: string;
}

/** Reads the trigger of a queue function; its queue's name may hold `%NAME%`. Throws when a setting is missing. */
export function toQueueFunction({ name, bindings }: FunctionMetadata, settings: Record<string, string | undefined>): QueueFunction {
	const [bindingName, trigger] = Object.entries(bindings).find(([, { type }]) => type.toLowerCase() === 'queuetrigger') ?? [];
	if (!bindingName || !trigger) throw new Error(`${name} has no queue trigger`);
	return {
		name,
		bindingName,
		queueName: resolveSettings(String(trigger.queueName), settings),
		connection: String(trigger.connection || 'AzureWebJobsStorage'),
	};
}
