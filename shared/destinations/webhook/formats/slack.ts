import { cut, largestThatFits } from '../../../lead/clean-text.ts';
import { type Card, cardOf } from './card-rows.ts';
import { byStatus, configuration, delivered, notTheirs, refused, transient, wordIn } from './common-outcome.ts';
import type { Format } from './format.ts';
import { withoutLinks } from './without-links.ts';

/** UTF-16 units; Slack's own limits are 150, 2,000, 3,000, and about 13,000 for all blocks together. */
const most = { title: 150, field: 600, description: 2500, all: 9000 };
const leastValue = 40;
/** Five rows of two: a section has ten fields at most. */
const rowsOfSection = 5;

/**
 * A message for an incoming webhook, and its plain text, which notifications and screen readers use. From the second attempt on the text goes alone: what Slack
 * refuses in blocks it does not refuse in text.
 *
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export const slack: Format = {
	compose: (request, own) => {
		const { description } = cardOf(request, own, most.description);
		const cardWith = (longest: number): Card => ({ ...cardOf(request, own, longest), ...(description !== undefined && { description }) });
		const fits = (longest: number) => lengthOf(cardWith(longest)) <= most.all;
		const longest = fits(most.field) ? most.field : largestThatFits(leastValue, most.field, fits);
		const card = cardWith(longest);
		const alone = request.attempt > 1;
		const message = {
			text: alone ? plainText(card) : `${inText(card.title)} (${card.foot})`,
			...(!alone && { blocks: blocksOf(card) }),
			mrkdwn: false,
			parse: 'none',
			unfurl_links: false,
			unfurl_media: false,
		};
		const isCut =
			card.rows.some(({ value }) => value.length >= longest && value.endsWith('…')) ||
			(description !== undefined &&
				((description.length >= most.description && description.endsWith('…')) ||
					(!alone && escapeText(description).length > most.description + 400)));
		return {
			headers: { 'content-type': 'application/json; charset=utf-8' },
			body: JSON.stringify(message),
			warnings: [...card.warnings, ...(isCut ? ['the message is too long: long values are shortened'] : [])],
		};
	},
	readsSuccess: true,
	outcome: (answered) => {
		const { status, text } = answered.answer;
		const { setting } = answered;
		const word = wordOf(text);
		if (word !== undefined && gone.includes(word))
			return configuration(answered, {
				word,
				reason: `Slack says that this webhook or its channel is gone, or may not post (${word})`,
				remedy: `Look at the app in Slack: make a new incoming webhook for the channel and set ${setting} to its URL.`,
			});
		if (word !== undefined && ofTheBody.includes(word)) return refused(answered, { word, reason: `Slack refused the message (${word})` });
		// Nothing was posted: Slack says so by this word.
		if (status === 500 && word === 'rollback_error') return transient(answered, { word });
		return byStatus(answered, () =>
			status === 200 && text.trim() === 'ok'
				? delivered(answered, 'posted to Slack')
				: notTheirs(answered, {
						word: 'not-slack',
						reason: `the answer (${status}) is not Slack's: it does not say ok`,
						remedy: `Set ${setting} to the URL of an incoming webhook of Slack, or set the format of the endpoint.`,
						names: [setting, setting.replace(/_URL$/, '_FORMAT')],
					}),
		);
	},
};

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const gone = [
	'no_service_id',
	'no_service',
	'no_team',
	'team_disabled',
	'channel_not_found',
	'channel_is_archived',
	'invalid_token',
	'action_prohibited',
	'posting_to_general_channel_denied',
	'user_not_found',
	'no_active_hooks',
];
const ofTheBody = [
	'invalid_payload',
	'invalid_blocks_format',
	'invalid_blocks',
	'no_text',
	'msg_blocks_too_long',
	'msg_too_long',
	'too_many_attachments',
];

/** The answer is one word. */
const wordOf = (text: string) => (text.length > 200 ? undefined : wordIn(text.trim(), [...gone, ...ofTheBody, 'rollback_error']));

/** UTF-16 units of all that is said, as it is sent. */
const lengthOf = ({ rows, description = '', notices }: Card) =>
	[...rows.flatMap(({ label, value }) => [label, value]), description, ...notices.map(({ text }) => text)].reduce(
		(sum, text) => sum + escapeText(text).length,
		0,
	);

function blocksOf({ title, notices, rows, description, foot, links }: Card): object[] {
	const sections: object[] = [];
	for (let from = 0; from < rows.length; from += rowsOfSection)
		sections.push({
			type: 'section',
			fields: rows
				.slice(from, from + rowsOfSection)
				.flatMap(({ label, value }) => [plain(label, most.field), plain(value, most.field * 3)]),
		});
	return [
		{ type: 'header', text: plain(title, most.title) },
		...notices.map(({ text, isAlarm }) => ({ type: 'section', text: plain(`${isAlarm ? '⛔' : '⚠️'} ${text}`, most.field) })),
		...sections,
		...(description === undefined ? [] : [{ type: 'section', text: plain(description, most.description + 400) }]),
		...(links.length > 0
			? [
					{
						type: 'section',
						text: {
							type: 'mrkdwn',
							text: links.map(({ title: name, url }) => `<${escapeText(url).replaceAll('|', '%7C')}|${name}>`).join('   '),
							verbatim: true,
						},
					},
				]
			: []),
		{ type: 'context', elements: [plain(foot, most.field)] },
	];
}

/** Text without marks of its own: what a lead writes with stars and lines stays so. */
const plain = (text: string, limit: number) => ({ type: 'plain_text', text: escapeWithin(text, limit) || ' ', emoji: false });

/** Escaped, and cut before an entity would be: the limit counts what is sent. */
function escapeWithin(text: string, limit: number): string {
	if (escapeText(text).length <= limit) return escapeText(text);
	let shown = cut(text, limit - 1);
	while (escapeText(shown).length > limit - 1) shown = cut(shown, Math.floor(shown.length * 0.9));
	return `${escapeText(shown)}…`;
}

/** A line for each row; what the customer wrote is quoted, so that no line of it passes for a row. */
function plainText({ title, notices, rows, description, foot, links }: Card): string {
	const lines = [
		inText(title),
		...notices.map(({ text }) => text),
		...rows.map(({ label, value }) => `${inText(label)}: ${inText(value)}`),
		...(description === undefined ? [] : description.split('\n').map((line) => `&gt; ${inText(line)}`)),
		foot,
		...links.map(({ title: name, url }) => `<${escapeText(url).replaceAll('|', '%7C')}|${name}>`),
	];
	return lines.join('\n');
}

/**
 * A lead's words in the `text` of a message. `mrkdwn` and `parse` ask Slack to make nothing of them; of incoming webhooks it is told that they do not heed
 * `parse` (https://gist.github.com/seanmarpo/723e18a4e2353188ea95f679ae30c3be), and then Slack would look for URLs itself.
 */
const inText = (text: string) => escapeText(withoutLinks(text.replace(/\s+/g, ' '), { keepAddresses: true }));

/** Exactly these three: otherwise `<!channel>` in a lead calls everyone, and `<https://…|bank>` is a link. https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
