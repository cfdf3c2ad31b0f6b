import { type HookMessage, toMessageJson } from '../webhooks/messages.ts';
import { decodeBasic } from './messages/service-text.ts';
import type { MessageDetail, MessageSummary } from './page-data.ts';

type Body = Record<string, unknown>;

/** The first of a message's texts that says something, as its format has it. */
const titles: Record<HookMessage['format'], (body: Body) => unknown[]> = {
	teams: (body) => [firstText((body.attachments as { content: { body: unknown } }[])[0]?.content.body)],
	slack: (body) => [decodeBasic(firstText((body.blocks as unknown[] | undefined)?.[0]) ?? String(body.text).split('\n')[0] ?? '')],
	googlechat: (body) => [(body.cardsV2 as { card: { header?: { title: string } } }[] | undefined)?.[0]?.card.header?.title, body.text],
	standard: ({ type, data }) => {
		const { person = {}, reference } = data as { person?: Record<string, string>; reference?: string };
		return [[type, person.firstName, person.lastName, person.company, reference && `#${reference}`].filter(Boolean).join(' ')];
	},
	json: ({ name, company, email, offerTitle }) => [[name, company].filter(Boolean).join(', '), email, offerTitle],
	hubspot: ({ fields }) => {
		const value = (wanted: string) => (fields as { name: string; value: string }[]).find(({ name }) => name === wanted)?.value;
		return [[value('firstname'), value('lastname'), value('company')].filter(Boolean).join(' '), value('email')];
	},
	form: (body) => [[body.first_name, body.last_name, body.company].filter(Boolean).join(' '), firstText(body)],
	custom: (body) => [firstText(body)],
};

/** The first text within a value that is no type of an element. */
function firstText(value: unknown, name = ''): string | undefined {
	if (typeof value === 'string') return name === 'type' || value === '' ? undefined : value;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [inner, member] of Object.entries(value)) {
		const text = firstText(member, inner);
		if (text !== undefined) return text;
	}
	return undefined;
}

const longest = 160;

/** A message as the list shows it. */
export function toMessageSummary(message: HookMessage): MessageSummary {
	const { id, format, hook, path, leadId, receivedAt, times } = message;
	const title = titles[format](toMessageJson(message).body as Body).find((text) => typeof text === 'string' && text !== '');
	return {
		id,
		format,
		hook,
		path,
		...(leadId !== undefined && { leadId }),
		receivedAt,
		times,
		title: String(title ?? '').slice(0, longest),
	};
}

/** A message with all that came. */
export function toMessageDetail(message: HookMessage): MessageDetail {
	const { headers, body } = toMessageJson(message);
	return { ...toMessageSummary(message), headers, body };
}
