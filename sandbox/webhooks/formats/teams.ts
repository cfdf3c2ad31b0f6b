import { type HookRequest, isObject, jsonAnswer, readJson, refusal, type StandIn } from '../stand-in.ts';
import { wrongInCard } from './adaptive-card.ts';

/** "About 28 KB"; what is more fails after the 202. Here it is refused, and a kilobyte has 1,000 bytes. https://learn.microsoft.com/connectors/teams/ */
const mostBytes = 28_000;

/**
 * A workflow of Teams that waits for a webhook: it says 202 at once, without a word. The real one refuses hardly anything then, and what is wrong with a card it
 * never tells: this one tells at once.
 *
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export const teams: StandIn = {
	refuse: (request) => {
		// A URL with a signature takes no other proof.
		if (request.header('authorization') !== undefined)
			return refusal(401, 'DirectApiAuthorizationRequired', 'The authorization scheme of the request is not allowed.');
		if (request.bytes.length > mostBytes) return refusal(413, 'RequestEntityTooLarge', 'Request entity too large.');
		const wrong = wrongInMessage(request);
		return wrong === undefined ? undefined : refusal(400, 'InvalidTemplate', wrong);
	},
	accept: () => ({ status: 202 }),
	toAnswer: ({ status, code, message }) => jsonAnswer(status, { error: { code: code || (usual[status] ?? 'Error'), message } }),
};

const usual: Record<number, string> = {
	400: 'WorkflowTriggerNotEnabled',
	401: 'DirectApiAuthorizationRequired',
	404: 'WorkflowNotFound',
	409: 'WorkflowTriggerBusy',
	429: 'TooManyRequests',
};

/** The template of the workflow runs through `attachments`; each must be a card. */
function wrongInMessage(request: HookRequest): string | undefined {
	const reading = readJson(request);
	if ('why' in reading) return reading.why;
	const { type, attachments, summary, ...others } = reading.body;
	const [unknown] = Object.keys(others);
	if (unknown !== undefined) return `The message has a member that is not known: ${unknown}.`;
	if (type !== 'message') return 'The type of the message is not message.';
	if (summary !== undefined && typeof summary !== 'string') return 'summary is not text.';
	if (!Array.isArray(attachments) || attachments.length === 0) return 'attachments is not a list with a card.';
	for (const attachment of attachments) {
		if (!isObject(attachment)) return 'An attachment is not an object.';
		if (attachment.contentType !== 'application/vnd.microsoft.card.adaptive')
			return 'The contentType of an attachment is not that of a card.';
		const wrong = wrongInCard(attachment.content);
		if (wrong !== undefined) return wrong;
	}
	return undefined;
}
