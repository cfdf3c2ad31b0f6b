/**
 * Why there is no token, in the endpoint's own words. The status is in the cause alone (`cause.statusCode`): a client of storage passes this error on, and
 * whoever reads storage's own 404 must not take the endpoint's for it.
 */
export class TokenError extends Error {
	override name = 'TokenError';
	/** `HTTP_400`, or how the connection failed. */
	readonly code: string;

	constructor(message: string, code: string, cause: unknown) {
		super(message, { cause });
		this.code = code;
	}
}
