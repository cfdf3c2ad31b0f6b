import type { Message } from '@microsoft/microsoft-graph-types';
import { parseObject } from '../parse-object.ts';
import type { Refusal } from '../refusal.ts';
import { checkType } from './check-type.ts';
import { messageType } from './message-type.ts';

/** 4 MB, of the whole request. */
const mostRequestBytes = 4 * 1024 * 1024;
const mostHeaders = 5;
/** Of a message: https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#recipient-limits */
const mostRecipients = 500;

const refuse = (code: string, message: string, status = 400): Refusal => ({ status, code, message });
type Reading = { ok: true; message: Message } | { ok: false; refusal: Refusal };
const no = (refusal: Refusal): Reading => ({ ok: false, refusal });

/** Reads the body of `sendMail` and refuses what Graph refuses, in its words. `mailbox`: the address in the path. No fact says how too many recipients are told. */
export function readSendMailRequest(
	bytes: Uint8Array,
	{ contentType, mailbox }: { contentType: string | undefined; mailbox: string },
): Reading {
	if (!/^application\/json\b/i.test(contentType ?? '')) {
		const message = 'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';
		return no(refuse('BadRequest', message));
	}
	if (bytes.length > mostRequestBytes) return no(refuse('BadRequest', 'The maximum request length supported is 4MB.', 413));
	const root = parseObject(new TextDecoder().decode(bytes));
	if (!root) {
		const message = 'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';
		return no(refuse('BadRequest', message));
	}
	// The parameters of the action are declared as Message and SaveToSentItems; both spellings are taken.
	const parameters = new Map(Object.entries(root).map(([name, value]) => [name.toLowerCase(), value]));
	const unknown = Object.keys(root).find((name) => !['message', 'savetosentitems'].includes(name.toLowerCase()) && !name.includes('@'));
	if (unknown) {
		const message = `The parameter '${unknown}' in the request payload is not a valid parameter for the operation 'SendMail'.`;
		return no(refuse('RequestBodyRead', message));
	}
	const message = parameters.get('message') as Message | null | undefined;
	if (message === undefined || message === null) {
		const missing =
			"One or more parameters of the operation 'SendMail' are missing from the request payload. The missing parameters are: Message.";
		return no(refuse('ErrorInvalidParameter', missing));
	}
	const wrong =
		checkType(message, messageType, 'Message') ??
		checkType(parameters.get('savetosentitems') ?? null, { is: 'Edm.Boolean' }, 'SaveToSentItems');
	if (wrong) return no(refuse('RequestBodyRead', wrong));
	const refusal = checkHeaders(message) ?? checkAttachments(message) ?? checkRecipients(message) ?? checkSender(message, mailbox);
	return refusal ? no(refusal) : { ok: true, message };
}

function checkHeaders({ internetMessageHeaders }: Message): Refusal | undefined {
	const headers = internetMessageHeaders ?? [];
	const bad = headers.find(({ name }) => !/^x-/i.test(name ?? ''));
	if (bad) return refuse('InvalidInternetMessageHeader', `The internet message header name '${bad.name}' should start with 'x-' or 'X-'.`);
	if (headers.length <= mostHeaders) return undefined;
	const message = `Maximum number of headers in one message should be less than or equal to ${mostHeaders}.`;
	return refuse('InvalidInternetMessageHeaderCollection', message);
}

/** An attachment says what it is, has a name, and holds bytes in base64. */
function checkAttachments({ attachments }: Message): Refusal | undefined {
	for (const attachment of (attachments ?? []) as Record<string, unknown>[]) {
		if (attachment['@odata.type'] !== '#microsoft.graph.fileAttachment')
			return refuse('RequestBodyRead', 'A type named is missing or could not be resolved: an attachment must have an @odata.type.');
		const { name, contentBytes } = attachment;
		if (typeof name !== 'string' || name === '')
			return refuse('ErrorInvalidPropertySet', 'The property Name of an attachment is required.');
		if (typeof contentBytes !== 'string' || Buffer.from(contentBytes, 'base64').toString('base64') !== contentBytes)
			return refuse('RequestBodyRead', "Cannot convert the literal to the expected type 'Edm.Binary'.");
	}
	return undefined;
}

function checkRecipients({ toRecipients, ccRecipients, bccRecipients, replyTo }: Message): Refusal | undefined {
	const recipients = [toRecipients, ccRecipients, bccRecipients].flatMap((list) => list ?? []);
	const invalid = (why: string) => refuse('ErrorInvalidRecipients', `At least one recipient is not valid., ${why}`);
	if (recipients.length > mostRecipients) return invalid(`The message has more than ${mostRecipients} recipients.`);
	if (recipients.length === 0) return invalid("A message can't be sent because it contains no recipients.");
	const bad = [...recipients, ...(replyTo ?? [])].find(({ emailAddress }) => !isAddress(emailAddress?.address ?? ''));
	return bad
		? invalid(
				`Recipient '${bad.emailAddress?.address ?? ''}' is not resolved. All recipients must be resolved before a message can be submitted.`,
			)
		: undefined;
}

function checkSender({ from, sender }: Message, mailbox: string): Refusal | undefined {
	const other = [from, sender].map((person) => person?.emailAddress?.address).find((address) => address && !sameAddress(address, mailbox));
	if (!other) return undefined;
	const message =
		'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.';
	return refuse('ErrorSendAsDenied', message, 403);
}

export const sameAddress = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** One mailbox at one domain: no blanks, no control characters, no list. */
const isAddress = (text: string) =>
	text.length <= 320 &&
	/^(?:"[^"\p{Cc}]+"|[^\s@"(),:;<>[\]\\\p{Cc}]+)@[^\s@(),:;<>[\]\\\p{Cc}]+$/u.test(text) &&
	!/\.\.|^\.|\.@|@\.|\.$/.test(text);
