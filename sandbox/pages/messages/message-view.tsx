import type { FunctionComponent } from 'preact';
import type { MessageDetail } from '../page-data.ts';
import { longTime } from '../time-text.ts';
import { useFetched } from '../use-fetched.ts';
import { ChatMessage } from './chat-message.tsx';
import { serviceName } from './service-text.ts';
import { SlackMessage } from './slack-message.tsx';
import { TeamsMessage } from './teams-card.tsx';
import { ValueList } from './value-list.tsx';

const shownAs: Partial<Record<MessageDetail['format'], FunctionComponent<{ body: unknown }>>> = {
	teams: TeamsMessage,
	slack: SlackMessage,
	googlechat: ChatMessage,
};

/** One message as its readers would see it, and below as it came. All of it is text: nothing of a message is markup here. */
export function MessageView({ id, version }: { id: string; version: string | undefined }) {
	const { data: message, gone } = useFetched<MessageDetail>(`/messages/items/${encodeURIComponent(id)}`, version);
	if (gone) return <p class="hint">This message is gone.</p>;
	if (!message) return null;
	const { format, hook, path, times, receivedAt, leadId, headers, body } = message;
	const Shown = shownAs[format] ?? ValueList;
	return (
		<article class="message">
			<div class="mail-head">
				<a href="#/" class="back">
					‹ Messages
				</a>
				<h2>{serviceName(message)}</h2>
				<dl>
					<dt>Endpoint</dt>
					<dd>
						webhook:{hook}, <code>{path}</code>
					</dd>
					{leadId && (
						<>
							<dt>Lead</dt>
							<dd>{leadId}</dd>
						</>
					)}
					<dt>Time</dt>
					<dd>
						<time dateTime={receivedAt}>{longTime(receivedAt)}</time>
						{times > 1 && `, and ${times - 1} more ${times === 2 ? 'time' : 'times'}, which the receiver has noticed`}
					</dd>
				</dl>
			</div>
			<div class="message-body">
				<Shown body={body} />
				<details>
					<summary>As it came</summary>
					<dl class="came">
						{Object.entries(headers).map(([name, value]) => (
							<div key={name}>
								<dt>{name}</dt>
								<dd>{value}</dd>
							</div>
						))}
					</dl>
					<pre>{JSON.stringify(body, null, 2)}</pre>
				</details>
			</div>
		</article>
	);
}
