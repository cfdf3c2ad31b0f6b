import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Empty } from './empty.tsx';
import { FirstLead } from './first-lead.tsx';
import { Frame } from './frame.tsx';
import { finds, ListHead } from './list-head.tsx';
import { MailView } from './mail-view.tsx';
import type { Listing, MailSummary } from './page-data.ts';
import { markSeen, seenMails } from './seen-mails.ts';
import { shortTime } from './time-text.ts';
import { useFetched } from './use-fetched.ts';
import { useFragment } from './use-fragment.ts';
import { useSandbox } from './use-sandbox.ts';
import './mailbox.css';

const MailRow = ({ mail, open, seen }: { mail: MailSummary; open: boolean; seen: boolean }) => (
	<li>
		<a href={`#${mail.id}`} class={seen ? 'row' : 'row unread'} aria-current={open ? 'true' : undefined}>
			<span class="from">{mail.from.name ?? mail.from.address}</span>
			<time dateTime={mail.receivedAt}>{shortTime(mail.receivedAt)}</time>
			<span class="subject">
				{!seen && <span class="hidden">Unread: </span>}
				{mail.subject || '(no subject)'}
			</span>
			<span class="snippet">{mail.snippet}</span>
		</a>
	</li>
);

function MailboxPage() {
	const { state, connected } = useSandbox();
	const { data } = useFetched<Listing<MailSummary>>('/mailbox/mails', state?.version);
	const open = useFragment();
	const [search, setSearch] = useState('');
	useEffect(() => {
		if (open) markSeen(open);
	}, [open]);
	const newest = data?.items[0]?.id;
	useEffect(() => {
		// With room for both, an empty pane helps no one.
		if (newest && !location.hash && matchMedia('(min-width: 820px)').matches) location.replace(`#${newest}`);
	}, [newest]);
	const seen = seenMails().add(open);
	const shown = data?.items.filter(({ subject, snippet, to }) => finds(search, [subject, snippet, ...to.map(({ address }) => address)]));
	return (
		<Frame page="mailbox" state={state} connected={connected}>
			{data && data.total === 0 && !open && (
				<Empty title="No mail yet">
					<p>Mail that is sent through the Graph stand-in appears here by itself. Post a lead:</p>
					<FirstLead intakeUrl={state?.intakeUrl} />
				</Empty>
			)}
			{data && shown && (data.total > 0 || open) && (
				<div class={open ? 'panes open' : 'panes'}>
					<section class="list" aria-label="Mails">
						<ListHead
							title="Mailbox"
							shown={data.items.length}
							total={data.total}
							search={search}
							onSearch={setSearch}
							path="/mailbox.json"
							question="Delete every mail?"
						/>
						<ul>
							{shown.map((mail) => (
								<MailRow key={mail.id} mail={mail} open={mail.id === open} seen={seen.has(mail.id)} />
							))}
						</ul>
						{shown.length === 0 && <p class="hint">{search ? 'Nothing found.' : 'No mail.'}</p>}
					</section>
					<section class="reading" aria-label="Mail">
						{open ? <MailView key={open} id={open} version={state?.version} /> : <p class="hint">No mail selected.</p>}
					</section>
				</div>
			)}
		</Frame>
	);
}

render(<MailboxPage />, document.body);
