/** A type of Graph's model, as far as `sendMail` needs it. */
export type GraphType =
	| { is: 'Edm.String' | 'Edm.Boolean' | 'anything' }
	| { is: 'enumeration'; members: string[] }
	| { is: 'object'; name: string; properties: Record<string, GraphType> }
	| { is: 'list'; of: GraphType };

const text: GraphType = { is: 'Edm.String' };
const flag: GraphType = { is: 'Edm.Boolean' };
const anything: GraphType = { is: 'anything' };
const list = (of: GraphType): GraphType => ({ is: 'list', of });
const object = (name: string, properties: Record<string, GraphType>): GraphType => ({ is: 'object', name, properties });

const recipient = object('recipient', { emailAddress: object('emailAddress', { address: text, name: text }) });
const body = object('itemBody', { contentType: { is: 'enumeration', members: ['text', 'html'] }, content: text });

/** The message resource. Source: https://learn.microsoft.com/graph/api/resources/message (properties that a client may set) */
export const messageType = object('message', {
	attachments: list(anything),
	bccRecipients: list(recipient),
	body,
	categories: list(text),
	ccRecipients: list(recipient),
	conversationId: text,
	extensions: list(anything),
	flag: anything,
	from: recipient,
	importance: { is: 'enumeration', members: ['low', 'normal', 'high'] },
	inferenceClassification: { is: 'enumeration', members: ['focused', 'other'] },
	internetMessageHeaders: list(object('internetMessageHeader', { name: text, value: text })),
	internetMessageId: text,
	isDeliveryReceiptRequested: flag,
	isRead: flag,
	isReadReceiptRequested: flag,
	multiValueExtendedProperties: list(anything),
	replyTo: list(recipient),
	sender: recipient,
	singleValueExtendedProperties: list(anything),
	subject: text,
	toRecipients: list(recipient),
	uniqueBody: body,
});
