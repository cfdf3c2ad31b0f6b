/**
 * What of the module `@azure/functions-core` this runner speaks. Only the Functions worker has that module; `@azure/functions` asks for it when it is loaded.
 * Names and shapes are the worker's own: https://github.com/Azure/azure-functions-nodejs-worker/blob/v4.x/types-core/index.d.ts.
 */

/** A value on its way between host and worker: one of the members is set. */
export interface RpcTypedData {
	string?: string;
	json?: string;
	int?: number;
	bytes?: Uint8Array;
	http?: RpcHttpData;
}

export interface RpcHttpData {
	/** In: GET, POST … */
	method?: string;
	url?: string;
	nullableHeaders?: Record<string, { value: string }>;
	nullableQuery?: Record<string, { value: string }>;
	nullableParams?: Record<string, { value: string }>;
	/** Out, as text: "202". */
	statusCode?: string;
	headers?: Record<string, string>;
	cookies?: RpcHttpCookie[];
	body?: RpcTypedData | null;
}

export interface RpcHttpCookie {
	name: string;
	value: string;
	domain?: { value: string };
	path?: { value: string };
	expires?: { value: { seconds: number } };
	secure?: { value: boolean };
	httpOnly?: { value: boolean };
	sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
	maxAge?: { value: number };
}

/** A trigger, an input or an output of a function, as it was registered; what else it has depends on its type. */
export interface Binding {
	type: string;
	direction: 'in' | 'out';
	[member: string]: unknown;
}

export interface FunctionMetadata {
	name: string;
	bindings: Record<string, Binding>;
}

export type FunctionCallback = (...parameters: unknown[]) => unknown;
export type HookCallback = (context: Record<string, unknown>) => unknown;
export const hookNames = ['preInvocation', 'postInvocation', 'appStart', 'appTerminate', 'log'] as const;
export type HookName = (typeof hookNames)[number];

export type RpcLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
export type RpcLogCategory = 'user' | 'system' | 'customMetric';

export interface InvocationRequest {
	invocationId: string;
	inputData: { name: string; data: RpcTypedData }[];
	triggerMetadata: Record<string, RpcTypedData>;
}

export interface CoreInvocationContext {
	invocationId: string;
	request: InvocationRequest;
	metadata: FunctionMetadata;
	state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
	log: (level: RpcLogLevel, category: RpcLogCategory, message: string) => void;
}

export interface InvocationResponse {
	outputData: { name: string; data: RpcTypedData }[];
	returnValue?: RpcTypedData | null;
}

/** One invocation, seen from the programming model: `@azure/functions` implements it. */
export interface InvocationModel {
	getArguments: () => Promise<{ context: object; inputs: unknown[] }>;
	invokeFunction: (context: object, inputs: unknown[], callback: FunctionCallback) => Promise<unknown>;
	getResponse: (context: object, result: unknown) => Promise<InvocationResponse>;
}

export interface ProgrammingModel {
	name: string;
	version: string;
	getInvocationModel: (context: CoreInvocationContext) => InvocationModel | Promise<InvocationModel>;
	getCapabilities?: (capabilities: Record<string, string>) => Promise<Record<string, string>>;
}
