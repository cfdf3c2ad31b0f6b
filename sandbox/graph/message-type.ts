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

/** A file in the request itself; other kinds of attachments are for drafts. https://learn.microsoft.com/graph/api/resources/fileattachment */
const fileAttachment = object('fileAttachment', {
	contentBytes: text,
	contentId: text,
	contentLocation: text,
	contentType: text,
	id: text,
	isInline: flag,
	lastModifiedDateTime: text,
	name: text,
	size: anything,
});

/**
 * The message resource: https://learn.microsoft.com/graph/api/resources/message. Its members are those of Microsoft's own model
 * (tests/foreign/graph-members.json); what only the service fills is passed over there too.
 */
export const messageType = object('message', {
	attachments: list(fileAttachment),
	bccRecipients: list(recipient),
	body,
	bodyPreview: text,
	categories: list(text),
	ccRecipients: list(recipient),
	changeKey: text,
	conversationId: text,
	conversationIndex: anything,
	createdDateTime: text,
	extensions: list(anything),
	flag: anything,
	from: recipient,
	hasAttachments: flag,
	id: text,
	importance: { is: 'enumeration', members: ['low', 'normal', 'high'] },
	inferenceClassification: { is: 'enumeration', members: ['focused', 'other'] },
	internetMessageHeaders: list(object('internetMessageHeader', { name: text, value: text })),
	internetMessageId: text,
	isDeliveryReceiptRequested: flag,
	isDraft: flag,
	isRead: flag,
	isReadReceiptRequested: flag,
	lastModifiedDateTime: text,
	multiValueExtendedProperties: list(anything),
	parentFolderId: text,
	receivedDateTime: text,
	replyTo: list(recipient),
	sender: recipient,
	sentDateTime: text,
	singleValueExtendedProperties: list(anything),
	subject: text,
	toRecipients: list(recipient),
	uniqueBody: body,
	webLink: text,
});
