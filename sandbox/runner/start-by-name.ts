import type { StartFunction } from './answer-admin.ts';
import type { App } from './app.ts';
import type { InvocationRequest } from './core-api.ts';
import type { RunFunction } from './create-runner.ts';
import { queueMetadata } from './queue-metadata.ts';
import { triggerType } from './read-functions.ts';
import { timerInput } from './timer-input.ts';

/** Starts functions by name, as the admin endpoint does: those that time or queue messages trigger, disabled ones too. */
export const startByName =
	(app: App, run: RunFunction): StartFunction =>
	(functionName, invocationId, input) => {
		const registered = [...app.functions.values()].find(({ metadata }) => metadata.name.toLowerCase() === functionName.toLowerCase());
		if (!registered) return 'unknown';
		const { metadata } = registered;
		const trigger = triggerType(metadata);
		const bindingName = Object.entries(metadata.bindings).find(([, { type }]) => type.toLowerCase() === trigger)?.[0];
		if (bindingName === undefined || !['queuetrigger', 'timertrigger'].includes(trigger)) return 'unknown';
		const body = input ?? '';
		const now = new Date();
		const request: InvocationRequest =
			trigger === 'timertrigger'
				? { invocationId, inputData: [{ name: bindingName, data: { json: timerInput(undefined, false) } }], triggerMetadata: {} }
				: {
						invocationId,
						inputData: [{ name: bindingName, data: { string: body } }],
						triggerMetadata: queueMetadata(metadata.name, body, {
							messageId: '',
							popReceipt: '',
							dequeueCount: 0,
							insertedOn: now,
							expiresOn: now,
							nextVisibleOn: now,
						}),
					};
		run(metadata.name, request).catch(() => undefined); // told by whoever runs it
		return 'started';
	};
