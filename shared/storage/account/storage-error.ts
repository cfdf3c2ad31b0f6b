/** Storage refused what was asked, or could not be reached. Only a refusal that storage itself has named (`code`) says that nothing was done. */
export class StorageError extends Error {
	override name = 'StorageError';
	/** Of the answer; undefined when none came. */
	readonly statusCode: number | undefined;
	/** By which storage names a refusal (`ResourceNotFound`), or how the connection failed (`ECONNRESET`). */
	readonly code: string | undefined;
	/** Of a transaction, the place of the action that was refused. */
	readonly row: number | undefined;

	constructor(message: string, { statusCode, code, row, cause }: { statusCode?: number; code?: string; row?: number; cause?: unknown }) {
		super(message, { cause });
		this.statusCode = statusCode;
		this.code = code;
		this.row = row;
	}
}
