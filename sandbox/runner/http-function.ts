import type { AuthLevel } from './authorize.ts';
import type { FunctionMetadata } from './core-api.ts';
import { type Route, readRoute } from './route.ts';

/** A function that HTTP requests trigger. */
export interface HttpFunction {
	name: string;
	/** Of the trigger, by which its input is known. */
	bindingName: string;
	route: Route;
	methods: string[];
	authLevel: AuthLevel;
}

/** Reads the trigger of an HTTP function; without a route it answers to its name. Throws on a route that this runner does not know. */
export function toHttpFunction({ name, bindings }: FunctionMetadata, prefix: string): HttpFunction {
	const [bindingName, trigger] = Object.entries(bindings).find(([, { type }]) => type.toLowerCase() === 'httptrigger') ?? [];
	if (!bindingName || !trigger) throw new Error(`${name} has no HTTP trigger`);
	return {
		name,
		bindingName,
		route: readRoute(prefix, (trigger.route as string | undefined) ?? name),
		methods: ((trigger.methods as string[] | undefined) ?? []).map((method) => method.toUpperCase()),
		authLevel: ((trigger.authLevel as string | undefined)?.toLowerCase() ?? 'anonymous') as AuthLevel,
	};
}
