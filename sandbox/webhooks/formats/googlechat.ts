import { isObject, type JsonObject, jsonAnswer, readJson, refusal, type StandIn } from '../stand-in.ts';

/** With its cards. https://developers.google.com/workspace/chat/limits */
const mostBytes = 32_000;
const mostWidgets = 100;

/**
 * A webhook of a space in Google Chat. A member that it does not know it refuses, as Google's interfaces do. Whether it finds a `requestId` again for a webhook
 * is not documented, so it does not.
 *
 * https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create
 */
export const googlechat: StandIn = {
	refuse: (request) => {
		const { query, bytes } = request;
		if (!query.get('key') || !query.get('token'))
			return refusal(401, 'UNAUTHENTICATED', 'Request is missing required authentication credential: key and token.');
		if (bytes.length > mostBytes) return refusal(400, 'INVALID_ARGUMENT', 'Message cannot be processed: it is too long.');
		const strange = [...query.keys()].find((name) => !['key', 'token', 'requestId', 'messageReplyOption', 'messageId'].includes(name));
		if (strange) return refusal(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name in the query: Cannot find field.');
		const reading = readJson(request);
		const wrong = 'why' in reading ? reading.why : wrongInMessage(reading.body);
		return wrong === undefined ? undefined : refusal(400, 'INVALID_ARGUMENT', wrong);
	},
	accept: (id) => jsonAnswer(200, { name: `spaces/SANDBOX/messages/${id}`, thread: { name: `spaces/SANDBOX/threads/${id}` } }),
	toAnswer: ({ status, code, message }) =>
		jsonAnswer(status, { error: { code: status, message, status: code || (usual[status] ?? 'UNKNOWN') } }),
};

const usual: Record<number, string> = {
	400: 'INVALID_ARGUMENT',
	401: 'UNAUTHENTICATED',
	403: 'PERMISSION_DENIED',
	404: 'NOT_FOUND',
	429: 'RESOURCE_EXHAUSTED',
	500: 'INTERNAL',
	503: 'UNAVAILABLE',
};

/** What a member takes: text, or an object or a list of objects with these members. */
type Shape = 'text' | 'flag' | { [member: string]: Shape } | [Shape];

const button: Shape = { text: 'text', onClick: { openLink: { url: 'text' } } };
const widget: Shape = {
	textParagraph: { text: 'text' },
	decoratedText: { topLabel: 'text', text: 'text', wrapText: 'flag' },
	buttonList: { buttons: [button] },
};
const message: Shape = {
	text: 'text',
	thread: { threadKey: 'text' },
	cardsV2: [{ cardId: 'text', card: { header: { title: 'text', subtitle: 'text' }, sections: [{ widgets: [widget] }] } }],
};

function wrongInMessage(body: JsonObject): string | undefined {
	const wrong = wrongIn(body, message, '');
	if (wrong !== undefined) return wrong;
	if (body.text === undefined && body.cardsV2 === undefined) return 'Message cannot be empty.';
	for (const { card } of (body.cardsV2 ?? []) as { card?: { header?: { title?: string }; sections?: { widgets?: JsonObject[] }[] } }[]) {
		if (card?.header && !card.header.title) return 'The header of a card must have a title.';
		const widgets = card?.sections?.flatMap((section) => section.widgets ?? []) ?? [];
		if (widgets.length === 0) return 'A card must have a widget.';
		if (widgets.length > mostWidgets) return `A card has more than ${mostWidgets} widgets.`;
		if (widgets.some((one) => Object.keys(one).length !== 1)) return 'A widget must have exactly one kind.';
		if (widgets.some(hasStrangeTag)) return 'A text has a tag that no one has looked at: only b and br are.';
	}
	return undefined;
}

/** Cards make something of a few more tags, and take others away with what they hold: the app sends none of them. */
function hasStrangeTag({ textParagraph, decoratedText }: JsonObject): boolean {
	const texts = [textParagraph, decoratedText].map((part) => String((part as { text?: string } | undefined)?.text ?? ''));
	return texts.some((text) => /<[a-z!/]/i.test(text.replace(/<\/?b>|<br>/g, '')));
}

function wrongIn(value: unknown, shape: Shape, path: string): string | undefined {
	if (shape === 'text') return typeof value === 'string' ? undefined : `Invalid value at '${path}' (TYPE_STRING).`;
	if (shape === 'flag') return typeof value === 'boolean' ? undefined : `Invalid value at '${path}' (TYPE_BOOL).`;
	if (Array.isArray(shape)) {
		const [of] = shape as [Shape];
		if (!Array.isArray(value)) return `Invalid value at '${path}'.`;
		return value.map((inner, index) => wrongIn(inner, of, `${path}[${index}]`)).find((wrong) => wrong !== undefined);
	}
	if (!isObject(value)) return `Invalid value at '${path}'.`;
	const members = shape as Record<string, Shape>;
	return Object.entries(value)
		.map(([name, inner]) => {
			const of = Object.hasOwn(members, name) ? members[name] : undefined;
			if (of === undefined) return `Invalid JSON payload received. Unknown name "${name}" at '${path}': Cannot find field.`;
			return wrongIn(inner, of, path === '' ? name : `${path}.${name}`);
		})
		.find((wrong) => wrong !== undefined);
}
