import { render } from 'preact';
import { DrillButtons } from './drill-buttons.tsx';
import { FirstLead } from './first-lead.tsx';
import { Frame } from './frame.tsx';
import { useSandbox } from './use-sandbox.ts';

const plural = (count: number | undefined, one: string, many: string) =>
	count === undefined ? many : `${count} ${count === 1 ? one : many}`;

function StartPage() {
	const { state, connected } = useSandbox();
	return (
		<Frame page="start" state={state} connected={connected}>
			<h1>Where the leads arrive on this machine</h1>
			<p>
				This sandbox stands in for Microsoft Graph, Dataverse, the managed identity, and the services that a webhook posts to. It refuses
				what they refuse, in their own words.
				{state?.leadsOff.length === 0 && ' Nothing leaves this machine.'}
			</p>
			<div class="cards">
				{state?.boardUrl && (
					<a class="card" href={state.boardUrl}>
						<h2>Board</h2>
						<p>The app's own pages: every lead, where it stands, and what to do about it.</p>
						<span class="figure">Open</span>
					</a>
				)}
				<a class="card" href="/mailbox">
					<h2>Mailbox</h2>
					<p>The mails that Graph was asked to send.</p>
					<span class="figure">{plural(state?.mails, 'mail', 'mails')}</span>
				</a>
				<a class="card" href="/crm">
					<h2>CRM</h2>
					<p>The leads that were created in Dataverse.</p>
					<span class="figure">{plural(state?.leads, 'lead', 'leads')}</span>
				</a>
				<a class="card" href="/messages">
					<h2>Messages</h2>
					<p>What was posted to Teams, Slack and other services, as their readers would see it.</p>
					<span class="figure">{plural(state?.messages, 'message', 'messages')}</span>
				</a>
			</div>
			<h2>Post a lead</h2>
			<FirstLead intakeUrl={state?.intakeUrl} />
			{state && <DrillButtons drill={state.drill} boardUrl={state.boardUrl} />}
			<h2>For scripts</h2>
			<dl class="paths">
				<dt>
					<a href="/mailbox.json">GET /mailbox.json</a>
				</dt>
				<dd>every mail; DELETE empties</dd>
				<dt>
					<a href="/crm.json">GET /crm.json</a>
				</dt>
				<dd>every lead; DELETE empties</dd>
				<dt>
					<a href="/messages.json">GET /messages.json</a>
				</dt>
				<dd>
					every message that was posted to a hook; DELETE empties. <a href="/message-counts.json">/message-counts.json</a> counts them, and
					repetitions
				</dd>
				<dt>
					<a href="/requests.json">GET /requests.json</a>
				</dt>
				<dd>requests by service and answer; DELETE starts again</dd>
				<dt>
					<a href="/faults">PUT /faults</a>
				</dt>
				<dd>
					<code>{'{ "graph": { "status": 503, "retryAfterSeconds": 5, "share": 1 }, "dataverse": "hang" }'}</code>; also{' '}
					<code>"reset"</code>, <code>"lostAnswer"</code>; for <code>"webhook"</code> also <code>"cut"</code>, <code>"endless"</code> and
					more; null or DELETE clears
				</dd>
			</dl>
		</Frame>
	);
}

render(<StartPage />, document.body);
