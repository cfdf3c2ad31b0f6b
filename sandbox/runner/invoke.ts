import { randomUUID } from 'node:crypto';
import { type App, runHooks } from './app.ts';
import type { CoreInvocationContext, InvocationRequest, InvocationResponse, RpcLogCategory, RpcLogLevel } from './core-api.ts';

export interface InvocationEnd {
	response: InvocationResponse;
	/** What the handler returned. */
	result: unknown;
}

/** Within an invocation. */
export type InvocationLog = (
	level: RpcLogLevel,
	category: RpcLogCategory,
	message: string,
	invocation: { functionName: string; invocationId: string },
) => void;

export const newInvocationId = (): string => randomUUID();

/**
 * Runs one invocation as the language worker does: arguments, hooks before, handler, hooks after, response. Rejects with what the handler, a hook or the
 * library threw.
 */
export async function invoke(app: App, functionName: string, request: InvocationRequest, log: InvocationLog): Promise<InvocationEnd> {
	const registered = app.functions.get(functionName);
	if (!registered || !app.model) throw new Error(`Function code for '${functionName}' is not loaded and cannot be invoked.`);
	const { invocationId } = request;
	const core: CoreInvocationContext = {
		invocationId,
		request,
		metadata: registered.metadata,
		log: (level, category, message) => {
			const line = { level, message, category, hookData: {}, appHookData: app.hookData, invocationContext: context };
			for (const hook of app.hooks.get('log') ?? []) hook(line); // may change level and message; not awaited, so that lines keep their order
			log(line.level, line.category, line.message, { functionName, invocationId });
		},
	};
	let context: object | undefined;
	const model = await app.model.getInvocationModel(core);
	const given = await model.getArguments();
	context = given.context;

	const shared = { hookData: {}, appHookData: app.hookData, invocationContext: context };
	const before = { ...shared, functionCallback: registered.callback, inputs: given.inputs };
	core.state = 'preInvocationHooks';
	await runHooks(app, 'preInvocation', before);

	const after: typeof shared & { inputs: unknown[]; result: unknown; error: unknown } = {
		...shared,
		inputs: before.inputs,
		result: null,
		error: null,
	};
	core.state = 'invocation';
	try {
		after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
	} catch (error) {
		after.error = error;
	}
	core.state = 'postInvocationHooks';
	await runHooks(app, 'postInvocation', after);
	core.state = undefined;
	if (after.error) throw after.error;
	return { response: await model.getResponse(context, after.result), result: after.result };
}
