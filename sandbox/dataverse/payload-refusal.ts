import type { Refusal } from '../refusal.ts';

/** A payload that does not fit the table's model: 400 `0x80048d19`. */
export const payloadRefusal = (why: string): Refusal => ({
	status: 400,
	code: '0x80048d19',
	message: `Error identified in Payload provided by the user for Entity :'leads', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: ${why}`,
});

/** A value that the table's rules do not allow. */
export const valueRefusal = (code: string, message: string): Refusal => ({ status: 400, code, message });
