import type { FunctionCallback, FunctionMetadata, HookCallback, HookName, ProgrammingModel } from './core-api.ts';

/** What an app has registered so far. */
export interface App {
	functions: Map<string, { metadata: FunctionMetadata; callback: FunctionCallback }>;
	hooks: Map<HookName, HookCallback[]>;
	/** Shared by all hooks. */
	hookData: Record<string, unknown>;
	model: ProgrammingModel | undefined;
}

export const emptyApp = (): App => ({ functions: new Map(), hooks: new Map(), hookData: {}, model: undefined });

/** Runs the hooks of a kind, one after the other, each with the same context. */
export async function runHooks(app: App, name: HookName, context: Record<string, unknown>): Promise<void> {
	for (const hook of app.hooks.get(name) ?? []) await hook(context);
}
