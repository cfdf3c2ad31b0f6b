import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Empty } from './empty.tsx';
import { FirstLead } from './first-lead.tsx';
import { Frame } from './frame.tsx';
import { LeadView } from './lead-view.tsx';
import { finds, ListHead } from './list-head.tsx';
import type { LeadSummary, Listing } from './page-data.ts';
import { longTime, shortTime } from './time-text.ts';
import { useFetched } from './use-fetched.ts';
import { useFragment } from './use-fragment.ts';
import { useSandbox } from './use-sandbox.ts';
import './crm.css';

const LeadRow = ({ lead }: { lead: LeadSummary }) => (
	<tr>
		<td class="topic">
			<a href={`#${lead.leadid}`}>{lead.subject ?? '(no topic)'}</a>
		</td>
		<td data-label="Name">{lead.fullname}</td>
		<td data-label="Company">{lead.companyname}</td>
		<td data-label="Email">{lead.emailaddress1}</td>
		<td class="created">
			<time dateTime={lead.createdon} title={longTime(lead.createdon)}>
				{shortTime(lead.createdon)}
			</time>
		</td>
	</tr>
);

const LeadTable = ({ leads }: { leads: LeadSummary[] }) => (
	<table class="leads">
		<thead>
			<tr>
				<th scope="col">Topic</th>
				<th scope="col">Name</th>
				<th scope="col">Company</th>
				<th scope="col">Email</th>
				<th scope="col">Created</th>
			</tr>
		</thead>
		<tbody>
			{leads.map((lead) => (
				<LeadRow key={lead.leadid} lead={lead} />
			))}
		</tbody>
	</table>
);

function CrmPage() {
	const { state, connected } = useSandbox();
	const { data } = useFetched<Listing<LeadSummary>>('/crm/leads', state?.version);
	const open = useFragment();
	const [search, setSearch] = useState('');
	const shown = data?.items.filter(({ leadid, subject, fullname, companyname, emailaddress1, telephone1, address1_country }) =>
		finds(search, [leadid, subject, fullname, companyname, emailaddress1, telephone1, address1_country], [telephone1]),
	);
	return (
		<Frame page="crm" state={state} connected={connected}>
			{open && <LeadView key={open} leadid={open} version={state?.version} />}
			{!open && data?.total === 0 && (
				<Empty title="No leads yet">
					<p>Leads that are created in the Dataverse stand-in appear here by themselves. Post one:</p>
					<FirstLead intakeUrl={state?.intakeUrl} />
				</Empty>
			)}
			{!open && data && shown && data.total > 0 && (
				<>
					<ListHead
						title="Leads"
						shown={data.items.length}
						total={data.total}
						search={search}
						onSearch={setSearch}
						path="/crm.json"
						question="Delete every lead of the CRM?"
					/>
					{shown.length > 0 ? <LeadTable leads={shown} /> : <p class="hint">Nothing found.</p>}
				</>
			)}
		</Frame>
	);
}

render(<CrmPage />, document.body);
