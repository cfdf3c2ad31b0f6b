/** What a child process tells its parent about its start, over IPC; what else it says is its own affair. */
export type StartMessage<Ready extends object> = ({ kind: 'ready' } & Ready) | ({ kind: 'failed' } & StartFailure);

/** Why a child could not start, in words for the person at the terminal. */
export interface StartFailure {
	message: string;
	/** `EADDRINUSE` and the like, when the system gave one. */
	code?: string;
}
