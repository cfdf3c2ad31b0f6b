import { largestThatFits } from '../../../lead/clean-text.ts';
import { type Card, type CardRow, cardOf } from './card-rows.ts';
import { byStatus, configuration, delivered, transient, wordIn } from './common-outcome.ts';
import type { Format } from './format.ts';

/** Bytes of the whole request. Teams takes about 28 KB; what is longer is refused after the workflow has accepted it, and no one learns of it. */
const mostBytes = 27_000;
const [leastValue, mostValue] = [40, mostBytes];

/**
 * An Adaptive Card in the envelope that Teams' workflow templates expect: they run through `attachments`.
 *
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export const teams: Format = {
	compose: (request, own) => {
		const compose = (longest: number) => JSON.stringify(messageOf(cardOf(request, own, longest)));
		const fits = (longest: number) => Buffer.byteLength(compose(longest)) <= mostBytes;
		const longest = fits(mostValue) ? mostValue : largestThatFits(leastValue, mostValue, fits);
		const { warnings } = cardOf(request, own, longest);
		const isCut = longest < mostValue;
		return {
			headers: { 'content-type': 'application/json; charset=utf-8' },
			body: compose(longest),
			warnings: [...warnings, ...(isCut ? ['the card is too long: long values are shortened'] : [])],
		};
	},
	readsSuccess: false,
	outcome: (answered) => {
		const { status, text } = answered.answer;
		const run = answered.answer.header('x-ms-workflow-run-id');
		if (status === 401 || status === 403) {
			const isHeader = wordIn(text, ['DirectApiAuthorizationRequired']);
			return configuration(answered, {
				...(isHeader && { word: isHeader }),
				reason: isHeader
					? `the workflow refuses a request with an Authorization header, or without a signature in its URL (${status})`
					: `the workflow refuses the app (${status})`,
				remedy: `Set the trigger of the workflow to "Anyone", copy its URL again into ${answered.setting}, and remove ${answered.setting.replace(/_URL$/, '_AUTHORIZATION')}.`,
			});
		}
		const off = wordIn(text, workflowGone);
		if (status === 404 || status === 410 || (status === 400 && off))
			return configuration(answered, {
				...(off && { word: off }),
				reason: `the workflow is switched off, or is not there any more (${status})`,
				remedy: `Switch the workflow on in Power Automate, or copy its URL again into ${answered.setting}.`,
			});
		if (status === 409) return transient(answered, { reason: 'the workflow is busy (409)' });
		return byStatus(answered, () =>
			status === 202
				? delivered(answered, 'accepted by the workflow; whether it was posted is in its run history', { id: run })
				: delivered(answered, `answered by the workflow (${status})`, { id: run }),
		);
	},
};

/** Codes of Logic Apps: https://learn.microsoft.com/azure/logic-apps/logic-apps-http-endpoint */
const workflowGone = [
	'WorkflowDisabled',
	'WorkflowNotFound',
	'WorkflowTriggerNotFound',
	'WorkflowTriggerNotEnabled',
	'TriggerDisabled',
	'FlowDisabled',
	'WorkflowDeleted',
	'WorkflowSuspended',
	'AzureResourceManagerRequestFailed',
];

function messageOf(card: Card) {
	return {
		type: 'message',
		summary: card.summary,
		attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: adaptiveCard(card) }],
	};
}

/** Version 1.4: every client of Teams shows it. */
function adaptiveCard({ title, notices, rows, description, foot, links, summary }: Card) {
	return {
		$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
		type: 'AdaptiveCard',
		version: '1.4',
		fallbackText: summary,
		msteams: { width: 'Full' },
		body: [
			richText({ text: title, size: 'Large', weight: 'Bolder' }),
			...notices.map(({ text, isAlarm }) => ({
				type: 'Container',
				style: isAlarm ? 'attention' : 'warning',
				items: [{ ...richText({ text, weight: 'Bolder' }) }],
			})),
			...rows.map(toColumns),
			...(description === undefined
				? []
				: [{ ...richText({ text: 'Message', isSubtle: true }), separator: true }, richText({ text: description })]),
			{ ...richText({ text: foot, isSubtle: true, size: 'Small' }), separator: true },
		],
		...(links.length > 0 && { actions: links.slice(0, 2).map(({ title: name, url }) => ({ type: 'Action.OpenUrl', title: name, url })) }),
	};
}

const toColumns = ({ label, value }: CardRow) => ({
	type: 'ColumnSet',
	spacing: 'Small',
	columns: [
		{ type: 'Column', width: 1, items: [richText({ text: label, isSubtle: true })] },
		{ type: 'Column', width: 3, items: [richText({ text: value })] },
	],
});

interface TextRun {
	text: string;
	size?: 'Large' | 'Small';
	weight?: 'Bolder';
	isSubtle?: boolean;
}

/** Text as it is: a TextBlock, or a fact, would read Markdown in what a lead says. */
const richText = ({ text, ...style }: TextRun) => ({
	type: 'RichTextBlock',
	inlines: [{ type: 'TextRun', text: withoutDates(text), ...style }],
});

/** `{{DATE(…)}}` and `{{TIME(…)}}` are replaced by the clients wherever they stand: an unseen character keeps them as they are. */
const withoutDates = (text: string) => text.replace(/\{\{(?=\s*(?:DATE|TIME)\s*\()/gi, '{\u2060{');
