import type { StartMessage } from '../children/child-message.ts';
import type { RpcLogLevel } from './core-api.ts';

/** A function of the app, as a caller needs to know it. */
export interface LoadedFunction {
	name: string;
	/** `httpTrigger`, `queueTrigger`, `timerTrigger` … */
	type: string;
	/** With the prefix, for HTTP: `api/leads`. */
	path?: string;
	/** A key that opens it, for HTTP. */
	key?: string;
}

/** What the worker is when it is ready. */
export interface WorkerReady {
	port: number;
	functions: LoadedFunction[];
	/** Opens the admin endpoints. */
	masterKey: string;
}

/** A line that the app, the library or the host wrote. */
export interface WorkerLog {
	kind: 'log';
	level: RpcLogLevel;
	function?: string;
	invocationId?: string;
	message: string;
}

/** An invocation has ended. */
export interface WorkerEnded {
	kind: 'ended';
	function: string;
	invocationId: string;
	ok: boolean;
	tookMs: number;
}

/** What the worker tells the process that started it, over IPC. */
export type WorkerMessage = StartMessage<WorkerReady> | WorkerLog | WorkerEnded;
