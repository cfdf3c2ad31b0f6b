import { type ServiceName, serviceNames } from '../sandbox-env.ts';

interface Odds {
	/** The part of the requests that it strikes, by chance: 0 to 1. */
	share: number;
	/** It ends by itself after so many strikes. */
	count?: number;
	/** Webhook alone: the hook that it strikes, by the name in its path; all of them when absent. */
	hook?: string;
}

/** The service answers with this instead of working; a code and body that are absent are those the real service would send. */
export interface AnswerFault extends Odds {
	kind: 'status';
	status: number;
	retryAfterSeconds?: number;
	code?: string;
	body?: string;
}

/** `hang`: never answers; `reset`: the connection breaks at once; `lostAnswer`: the work is done, then the connection breaks. */
interface ConnectionFault extends Odds {
	kind: 'hang' | 'reset' | 'lostAnswer';
}

/** The answer comes late. */
interface SlowFault extends Odds {
	kind: 'slow';
	seconds: number;
}

/**
 * Dataverse alone: what an administrator has done to the environment. `secured`: the application user may not fill these columns; `lacks`: it has lost these
 * privileges; `disabledUser`: it is disabled. A request that is not concerned works.
 */
export type EnvironmentFault = Odds &
	({ kind: 'secured'; columns: string[] } | { kind: 'lacks'; privileges: string[] } | { kind: 'disabledUser' });

/** The identity alone: a token's end is a date or an ISO 8601 time, as older endpoints and others write it, and not seconds. */
export type TokenFormFault = Odds & { kind: 'dates' };

/** Webhook alone: Salesforce's form says 200, and in a header that nothing was made. */
export type ExceptionFault = Odds & { kind: 'exception' };

/**
 * Webhook alone: `cut` and `endless` do the work; then the answer breaks off in its middle, or never ends. `redirect`: nothing is done, and the answer leads to
 * another hook.
 */
type OddAnswerFault = Odds & ({ kind: 'cut' | 'endless' } | { kind: 'redirect'; status: number });

export type Fault = OddAnswerFault | ExceptionFault | TokenFormFault | AnswerFault | ConnectionFault | SlowFault | EnvironmentFault;

export type FaultReading = { ok: true; faults: Partial<Record<ServiceName, Fault | null>> } | { ok: false; issues: string[] };

/** What `PUT /faults` takes, for whoever sent something else. */
export const allowedFaults = {
	services: serviceNames,
	fault: [
		'null: none',
		'"hang": never answers',
		'"reset": the connection breaks at once',
		'"lostAnswer": the work is done, then the connection breaks',
		'{ "kind": "hang" | "reset" | "lostAnswer", "share"?, "count"? }',
		'{ "kind": "slow", "seconds": 0 to 600, "share"?, "count"? }',
		'{ "kind": "secured", "columns": [names], "share"?, "count"? }: dataverse; the application user may not fill these columns',
		'{ "kind": "lacks", "privileges": [names], "share"?, "count"? }: dataverse; it has lost these privileges',
		'{ "kind": "disabledUser", "share"?, "count"? }: dataverse; it is disabled',
		'{ "kind": "cut" | "endless", "share"?, "count"?, "hook"? }: webhook; the work is done, but the answer breaks off or never ends',
		'{ "kind": "redirect", "status"?: 301, 302, 303, 307 or 308, "share"?, "count"?, "hook"? }: webhook; it leads to another hook',
		'{ "kind": "exception", "share"?, "count"?, "hook"? }: webhook; Salesforce says 200, and in a header that it made no lead',
		'{ "kind": "dates", "share"?, "count"? }: identity; the end of a token is a date and not seconds',
		'{ "status": 400 to 599, "retryAfterSeconds"?: 0 or more, "code"?: text, "body"?: text or object, "share"?, "count"? }',
	],
	share: 'the part of the requests that it strikes, 0 to 1; all of them when absent',
	count: 'how many requests it strikes before it ends by itself; no end when absent',
	hook: 'webhook: the name of the hook that it strikes; all of them when absent',
	code: 'webhook: what the service says, such as invalid_blocks, INVALID_EMAIL or WorkflowDisabled; its usual refusal when absent',
};
