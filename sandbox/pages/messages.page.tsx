import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Empty } from './empty.tsx';
import { Frame } from './frame.tsx';
import { finds, ListHead } from './list-head.tsx';
import { MessageView } from './messages/message-view.tsx';
import { serviceName } from './messages/service-text.ts';
import type { Listing, MessageSummary } from './page-data.ts';
import { shortTime } from './time-text.ts';
import { useFetched } from './use-fetched.ts';
import { useFragment } from './use-fragment.ts';
import { useSandbox } from './use-sandbox.ts';
import './mailbox.css';
import './messages.css';

const MessageRow = ({ message, open }: { message: MessageSummary; open: boolean }) => (
	<li>
		<a href={`#${message.id}`} class="row" aria-current={open ? 'true' : undefined}>
			<span class="from">
				{serviceName(message)} · {message.hook}
			</span>
			<time dateTime={message.receivedAt}>{shortTime(message.receivedAt)}</time>
			<span class="subject" dir="auto">
				{message.title || '(nothing said)'}
			</span>
		</a>
	</li>
);

function MessagesPage() {
	const { state, connected } = useSandbox();
	const { data } = useFetched<Listing<MessageSummary>>('/messages/items', state?.version);
	const open = useFragment();
	const [search, setSearch] = useState('');
	const newest = data?.items[0]?.id;
	useEffect(() => {
		// With room for both, an empty pane helps no one.
		if (newest && !location.hash && matchMedia('(min-width: 820px)').matches) location.replace(`#${newest}`);
	}, [newest]);
	const shown = data?.items.filter(({ title, hook, format, leadId }) => finds(search, [title, hook, format, leadId]));
	return (
		<Frame page="messages" state={state} connected={connected}>
			{data && data.total === 0 && !open && (
				<Empty title="No message yet">
					<p>
						Messages to Teams, Slack and other services appear here by themselves, as their readers would see them. Name an endpoint by its
						format, and start again:
					</p>
					<pre>WEBHOOK_SALES_FORMAT=slack npm start</pre>
					<p>
						The formats are <code>teams</code>, <code>slack</code>, <code>googlechat</code>, <code>hubspot</code>, <code>form</code>,{' '}
						<code>standard</code>, <code>json</code> and <code>custom</code>; the name (here <code>SALES</code>) is yours.
					</p>
				</Empty>
			)}
			{data && shown && (data.total > 0 || open) && (
				<div class={open ? 'panes open' : 'panes'}>
					<section class="list" aria-label="Messages">
						<ListHead
							title="Messages"
							shown={data.items.length}
							total={data.total}
							search={search}
							onSearch={setSearch}
							path="/messages.json"
							question="Delete every message?"
						/>
						<ul>
							{shown.map((message) => (
								<MessageRow key={message.id} message={message} open={message.id === open} />
							))}
						</ul>
						{shown.length === 0 && <p class="hint">{search ? 'Nothing found.' : 'No message.'}</p>}
					</section>
					<section class="reading" aria-label="Message">
						{open ? <MessageView key={open} id={open} version={state?.version} /> : <p class="hint">No message selected.</p>}
					</section>
				</div>
			)}
		</Frame>
	);
}

render(<MessagesPage />, document.body);
