import { largestThatFits } from '../../../lead/clean-text.ts';
import { escapeHtml } from '../../../templates/render-html.ts';
import type { PostAnswer } from '../send/post-once.ts';
import { type Card, cardOf } from './card-rows.ts';
import { byStatus, configuration, delivered, memberOf, notTheirs, refused, transient, wordIn } from './common-outcome.ts';
import type { Format } from './format.ts';
import { withoutMarkup } from './without-links.ts';

/** Bytes; a message may have 32,000 with its cards. https://developers.google.com/workspace/chat/limits */
const mostBytes = 30_000;
const [leastValue, mostValue] = [40, mostBytes];

/**
 * A card for a webhook of a space. The text beside it is ours alone: `<users/all>` in it would call everyone. The request id may keep a repetition from being
 * posted twice; that it does for webhooks is not documented.
 *
 * https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create
 */
export const googlechat: Format = {
	compose: (request, own) => {
		const compose = (longest: number) => JSON.stringify(messageOf(cardOf(request, own, longest), request.leadId));
		const fits = (longest: number) => Buffer.byteLength(compose(longest)) <= mostBytes;
		const longest = fits(mostValue) ? mostValue : largestThatFits(leastValue, mostValue, fits);
		return {
			headers: { 'content-type': 'application/json; charset=utf-8' },
			body: compose(longest),
			query: { requestId: request.leadId, messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD' },
			warnings: [
				...cardOf(request, own, longest).warnings,
				...(longest < mostValue ? ['the card is too long: long values are shortened'] : []),
			],
		};
	},
	readsSuccess: true,
	outcome: (answered) => {
		const { status, text } = answered.answer;
		const word = wordIn(text, [
			'PERMISSION_DENIED',
			'UNAUTHENTICATED',
			'NOT_FOUND',
			'RESOURCE_EXHAUSTED',
			'INVALID_ARGUMENT',
			'FAILED_PRECONDITION',
		]);
		const said = word === undefined ? {} : { word };
		if (status === 400 && /api key not valid|invalid (key|token)|token.{0,40}invalid/i.test(text))
			return configuration(answered, { ...said, reason: `Google Chat refuses the key or the token of the URL (${status})` });
		if (status === 429) return transient(answered, said);
		if (status === 400) return refused(answered, { ...said, reason: `Google Chat refused the message (${status})` });
		if (status === 401 || status === 403 || status === 404)
			return configuration(answered, {
				...said,
				reason: `Google Chat says that the webhook or its space is gone, or may not post (${status})`,
				remedy: `Make a new webhook in the space (Apps & integrations > Webhooks) and set ${answered.setting} to its URL.`,
			});
		return byStatus(answered, () => {
			const id = messageIn(answered.answer);
			return id === undefined
				? notTheirs(answered, {
						word: 'not-google-chat',
						reason: `the answer (${status}) is not Google Chat's: it names no message`,
						remedy: `Set ${answered.setting} to the URL of a webhook of a space.`,
					})
				: delivered(answered, 'posted to Google Chat', { id });
		});
	},
};

/**
 * The message that was made: `spaces/SPACE/messages/ID`. The answer may repeat the whole card and be longer than what is read of it; a name within one of its
 * texts would have its quotation marks escaped.
 */
function messageIn({ text, ended }: PostAnswer): string | undefined {
	if (ended !== 'whole') return /^\s*\{/.test(text) ? /"name"\s*:\s*"(spaces\/[\w-]+\/messages\/[\w.-]+)"/.exec(text)?.[1] : undefined;
	const name = memberOf(text, 'name');
	return typeof name === 'string' && name.startsWith('spaces/') ? name : undefined;
}

function messageOf({ title, notices, rows, description, foot, links, summary }: Card, leadId: string) {
	const paragraph = (text: string) => ({ textParagraph: { text } });
	return {
		text: summary,
		thread: { threadKey: leadId },
		cardsV2: [
			{
				cardId: leadId,
				card: {
					header: { title: withoutMarkup(title), subtitle: foot },
					sections: [
						{
							widgets: [
								...notices.map(({ text }) => paragraph(`<b>${toText(text)}</b>`)),
								...rows.map(({ label, value }) => ({
									decoratedText: { topLabel: withoutMarkup(label), text: toText(value), wrapText: true },
								})),
								...(description === undefined ? [] : [paragraph(toText(description))]),
								...(links.length > 0
									? [{ buttonList: { buttons: links.map(({ title: text, url }) => ({ text, onClick: { openLink: { url } } })) } }]
									: []),
							],
						},
					],
				},
			},
		],
	};
}

/** Texts of cards take a few tags of HTML. */
const toText = (text: string) => escapeHtml(text).replaceAll('&#39;', "'").replaceAll('\n', '<br>');
