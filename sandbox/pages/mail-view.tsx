import type { Person } from '../graph/mailbox.ts';
import type { MailDetail } from './page-data.ts';
import { longTime } from './time-text.ts';
import { useFetched } from './use-fetched.ts';

const toText = ({ name, address }: Person) => (name ? `${name} <${address}>` : address);

const People = ({ label, people }: { label: string; people: Person[] }) =>
	people.length === 0 ? null : (
		<>
			<dt>{label}</dt>
			<dd>{people.map(toText).join(', ')}</dd>
		</>
	);

/** One mail as a mail client shows it; the body is a document of its own, in which nothing runs. */
export function MailView({ id, version }: { id: string; version: string | undefined }) {
	const { data: mail, gone } = useFetched<MailDetail>(`/mailbox/mails/${encodeURIComponent(id)}`, version);
	if (gone) return <p class="hint">This mail is gone.</p>;
	if (!mail) return null;
	const headers = Object.entries(mail.headers);
	return (
		<article class="mail">
			<div class="mail-head">
				<a href="#/" class="back">
					‹ Mailbox
				</a>
				<h2>
					{mail.importance === 'high' && <span class="important">High importance</span>}
					{mail.subject || '(no subject)'}
				</h2>
				<dl>
					<People label="From" people={[mail.from]} />
					<People label="To" people={mail.to} />
					<People label="Cc" people={mail.cc} />
					<People label="Bcc" people={mail.bcc} />
					<People label="Reply-To" people={mail.replyTo} />
					<dt>Time</dt>
					<dd>
						<time dateTime={mail.receivedAt}>{longTime(mail.receivedAt)}</time>
					</dd>
				</dl>
				{headers.length > 0 && (
					<details>
						<summary>Message headers</summary>
						<dl>
							{headers.map(([name, value]) => (
								<>
									<dt>{name}</dt>
									<dd>{value}</dd>
								</>
							))}
						</dl>
					</details>
				)}
			</div>
			<iframe
				key={mail.id}
				title="Body of the mail"
				sandbox="allow-popups allow-popups-to-escape-sandbox"
				src={`/mailbox/mails/${encodeURIComponent(mail.id)}/body`}
			/>
		</article>
	);
}
