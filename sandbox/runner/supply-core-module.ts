import Module from 'node:module';
import type { App } from './app.ts';
import {
	type FunctionCallback,
	type FunctionMetadata,
	type HookCallback,
	type HookName,
	hookNames,
	type ProgrammingModel,
	type RpcLogCategory,
	type RpcLogLevel,
} from './core-api.ts';

type Load = (request: string, ...rest: unknown[]) => unknown;

/** Outside an invocation. */
export type SystemLog = (level: RpcLogLevel, category: RpcLogCategory, message: string) => void;

/** What the Functions worker says that it is. */
const version = '3.13.0';
const hostVersion = '4.1044.0';

/** From now on `require('@azure/functions-core')`, wherever it stands, gives a module that registers into `app`. For the whole process. */
export function supplyCoreModule(app: App, log: SystemLog): void {
	const core = coreModule(app, log);
	const module = Module as unknown as { _load: Load };
	const load = module._load;
	module._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest));
}

function coreModule(app: App, log: SystemLog) {
	class Disposable {
		readonly dispose: () => void;
		constructor(dispose: () => void) {
			this.dispose = dispose;
		}
	}
	return {
		version,
		hostVersion,
		Disposable,
		log,
		setProgrammingModel: (model: ProgrammingModel) => {
			app.model = model;
		},
		getProgrammingModel: () => app.model,
		registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => {
			if (app.functions.has(metadata.name))
				throw systemError(new Error(`A function with the name "${metadata.name}" has already been registered.`));
			app.functions.set(metadata.name, { metadata, callback });
			return new Disposable(() => app.functions.delete(metadata.name));
		},
		registerHook: (name: HookName, callback: HookCallback) => {
			if (!hookNames.includes(name)) throw systemError(new RangeError(`Unrecognized hook "${name}"`));
			app.hooks.set(name, [...(app.hooks.get(name) ?? []), callback]);
			return new Disposable(() =>
				app.hooks.set(
					name,
					(app.hooks.get(name) ?? []).filter((other) => other !== callback),
				),
			);
		},
	};
}

const systemError = (error: Error) => Object.assign(error, { isAzureFunctionsSystemError: true });
