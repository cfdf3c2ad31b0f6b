import type { HttpBindings } from '@hono/node-server';
import type { EnvironmentFault, ExceptionFault, TokenFormFault } from './faults/fault.ts';

/** What a request handler of the sandbox finds in its context. */
export interface SandboxEnv {
	Bindings: HttpBindings;
	Variables: {
		/** The fault that was done to this request, under the name the request log counts it by. */
		fault?: string;
		/** What is otherwise in the environment for this request. */
		environment?: EnvironmentFault | TokenFormFault | ExceptionFault;
	};
}

/** The services that the sandbox stands in for. */
export const serviceNames = ['graph', 'dataverse', 'identity', 'webhook'] as const;
export type ServiceName = (typeof serviceNames)[number];
