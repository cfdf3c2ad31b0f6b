import { isObject, type JsonObject, readJson, refusal, type StandIn, textAnswer } from '../stand-in.ts';

/** Characters, as they are sent. https://docs.slack.dev/reference/block-kit/blocks */
const most = { blocks: 50, header: 150, section: 3000, fields: 10, field: 2000, elements: 10, text: 40_000, all: 13_200 };

/**
 * An incoming webhook of Slack: it says `ok`, or one word. The text beside the blocks is what a notification says: Slack does without it, this does not.
 *
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
 */
export const slack: StandIn = {
	refuse: (request) => {
		const reading = readJson(request);
		if ('why' in reading) return refusal(400, 'invalid_payload');
		const { text, blocks, parse = 'none', mrkdwn, unfurl_links, unfurl_media, ...others } = reading.body;
		if (Object.keys(others).length > 0 || parse !== 'none') return refusal(400, 'invalid_payload');
		if ([mrkdwn, unfurl_links, unfurl_media].some((value) => value !== undefined && typeof value !== 'boolean'))
			return refusal(400, 'invalid_payload');
		if (typeof text !== 'string' || text.trim() === '') return refusal(400, 'no_text');
		if (text.length > most.text) return refusal(400, 'msg_too_long');
		if (blocks === undefined) return undefined;
		if (!Array.isArray(blocks)) return refusal(400, 'invalid_blocks_format');
		if (blocks.length === 0 || blocks.length > most.blocks || !blocks.every(isBlock)) return refusal(400, 'invalid_blocks');
		return lengthIn(blocks) > most.all ? refusal(400, 'msg_blocks_too_long') : undefined;
	},
	accept: () => textAnswer(200, 'ok', 'text/html'),
	toAnswer: ({ status, code }) => textAnswer(status, code || (usual[status] ?? ''), 'text/html'),
};

const usual: Record<number, string> = {
	400: 'invalid_payload',
	403: 'invalid_token',
	404: 'no_service',
	410: 'channel_is_archived',
	429: 'rate_limited',
	500: 'rollback_error',
};

function isBlock(block: unknown): boolean {
	if (!isObject(block)) return false;
	const { type, ...members } = block;
	switch (type) {
		case 'header':
			return hasOnly(members, ['text']) && isText(members.text, most.header, ['plain_text']);
		case 'section': {
			const { text, fields } = members;
			if (!hasOnly(members, ['text', 'fields']) || (text === undefined && fields === undefined)) return false;
			return (text === undefined || isText(text, most.section)) && (fields === undefined || areTexts(fields, most.fields, most.field));
		}
		case 'context':
			return hasOnly(members, ['elements']) && areTexts(members.elements, most.elements, most.section);
		default:
			return false;
	}
}

const hasOnly = (members: JsonObject, names: string[]) => Object.keys(members).every((name) => names.includes(name));

const areTexts = (value: unknown, mostOf: number, longest: number) =>
	Array.isArray(value) && value.length > 0 && value.length <= mostOf && value.every((text) => isText(text, longest));

/** A text object: `emoji` is for plain text alone, `verbatim` for the other. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
function isText(value: unknown, longest: number, types = ['plain_text', 'mrkdwn']): boolean {
	if (!isObject(value)) return false;
	const { type, text, ...others } = value;
	if (typeof type !== 'string' || !types.includes(type)) return false;
	if (!hasOnly(others, type === 'plain_text' ? ['emoji'] : ['verbatim'])) return false;
	if (Object.values(others).some((flag) => typeof flag !== 'boolean')) return false;
	return typeof text === 'string' && text.length > 0 && text.length <= longest;
}

function lengthIn(value: unknown): number {
	if (Array.isArray(value)) return value.reduce((sum: number, inner) => sum + lengthIn(inner), 0);
	if (!isObject(value)) return 0;
	const own = typeof value.text === 'string' ? value.text.length : 0;
	return own + Object.values(value).reduce((sum: number, inner) => sum + lengthIn(inner), 0);
}
