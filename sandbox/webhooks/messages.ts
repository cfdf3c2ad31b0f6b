import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/basics/time.ts';
import type { HookFormat } from './stand-ins.ts';

/** What was posted to an endpoint, and taken. */
export interface HookMessage {
	id: string;
	format: HookFormat;
	/** Of its path: `sales`. */
	hook: string;
	/** `/hooks/slack/sales` */
	path: string;
	/** As the header `x-lead-id` has it. */
	leadId?: string;
	/** By which the receiver knows a repetition, if it does. */
	repetitionId?: string;
	/** Without what proves who sends. */
	headers: Record<string, string>;
	/** As it came. */
	body: string;
	/** ISO 8601, UTC. */
	receivedAt: string;
	/** How often it came: more than once where the receiver knows a repetition. */
	times: number;
	/** How many of its repetitions had another body. */
	changed: number;
}

/** What one hook has got. */
export interface HookCount {
	format: HookFormat;
	/** Messages that its readers see; for `standard` as many as there are different webhook-ids. */
	messages: number;
	/** Different leads. */
	leads: number;
	/** Requests that repeat a lead: known as repetitions and not shown again (`standard`), or a second message of the same lead. */
	doubles: number;
	/** Repetitions whose body was not that of the first. */
	changed: number;
}

/** The messages, oldest first. */
export interface Messages {
	/** Gives back the message that it is, or repeats. */
	take(message: Omit<HookMessage, 'id' | 'receivedAt' | 'times' | 'changed'>): HookMessage;
	all(): readonly HookMessage[];
	find(id: string): HookMessage | undefined;
	/** By the hook's path. */
	counts(): Record<string, HookCount>;
	empty(): void;
}

interface MessagesDeps {
	clock: Clock;
	/** Keeps a new or repeated message before it counts as taken. */
	save: (message: HookMessage) => void;
	changed: () => void;
}

export function createMessages(start: HookMessage[], { clock, save, changed }: MessagesDeps): Messages {
	const messages = new Map(start.map((message) => [message.id, message]));
	const keyOf = ({ path, repetitionId }: Pick<HookMessage, 'path' | 'repetitionId'>) =>
		repetitionId === undefined ? undefined : `${path} ${repetitionId}`;
	const known = new Map<string, string>();
	for (const message of messages.values()) known.set(keyOf(message) ?? '', message.id);
	return {
		take(taken) {
			const key = keyOf(taken);
			const first = key === undefined ? undefined : messages.get(known.get(key) ?? '');
			const message: HookMessage = first
				? { ...first, times: first.times + 1, changed: first.changed + (first.body === taken.body ? 0 : 1) }
				: { id: randomUUID(), ...taken, receivedAt: new Date(clock()).toISOString(), times: 1, changed: 0 };
			save(message);
			messages.set(message.id, message);
			if (key !== undefined) known.set(key, message.id);
			changed();
			return message;
		},
		all: () => [...messages.values()],
		find: (id) => messages.get(id),
		counts: () => countsOf([...messages.values()]),
		empty() {
			messages.clear();
			known.clear();
			changed();
		},
	};
}

function countsOf(messages: HookMessage[]): Record<string, HookCount> {
	const byPath = new Map<string, HookMessage[]>();
	for (const message of messages) {
		const of = byPath.get(message.path);
		if (of) of.push(message);
		else byPath.set(message.path, [message]);
	}
	return Object.fromEntries(
		Array.from(byPath, ([path, of]) => {
			const [{ format }] = of as [HookMessage];
			const leads = new Set(of.map(({ leadId, id }) => leadId ?? id)).size;
			const sum = (count: (message: HookMessage) => number) => of.reduce((total, message) => total + count(message), 0);
			return [path, { format, messages: of.length, leads, doubles: sum(({ times }) => times) - leads, changed: sum((one) => one.changed) }];
		}),
	);
}

/** A message as `GET /messages.json` shows it: the body as it is read, JSON or the fields of a form. */
export const toMessageJson = ({ id, format, hook, path, leadId, headers, body, receivedAt, times }: HookMessage) => ({
	id,
	format,
	hook,
	path,
	...(leadId !== undefined && { leadId }),
	headers,
	body: format === 'form' ? Object.fromEntries(new URLSearchParams(body)) : (JSON.parse(body) as unknown),
	receivedAt,
	times,
});
