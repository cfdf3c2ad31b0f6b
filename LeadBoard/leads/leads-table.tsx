/** @jsxImportSource hono/jsx */
import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';
import { actionInWords } from '../../shared/lead/lead-words.ts';
import { marksOf } from '../../shared/operate/lead-record.ts';
import { Time } from '../frame/layout.tsx';

/** Leads, a row each; with `name` a box to choose each by. */
export const LeadsTable = ({ leads, now, choose = false }: { leads: ListedLead[]; now: number; choose?: boolean }) => (
	<div class="table">
		<table class="stack">
			<thead>
				<tr>
					{choose && (
						<th scope="col">
							<span class="hidden">Chosen</span>
						</th>
					)}
					<th scope="col">Lead</th>
					<th scope="col">Offer</th>
					<th scope="col">Received</th>
					<th scope="col">Deliveries</th>
				</tr>
			</thead>
			<tbody>
				{leads.map((lead) => {
					const { name, company, email, offer, action } = lead.summary;
					const who = name ?? email ?? 'No name given';
					const about = company === who ? email : company;
					return (
						<tr class="go" data-lead={lead.leadId}>
							{choose && (
								<td>
									<label class="check">
										<input type="checkbox" name="id" value={lead.leadId} />
										<span class="hidden">Choose {who}</span>
									</label>
								</td>
							)}
							<th scope="row">
								<a class="cut" href={`/board/leads/${lead.leadId}`} dir="auto">
									{who}
								</a>
								<span class="sub cut" dir="auto">
									{about}
								</span>
							</th>
							<td>
								<span class="cut" dir="auto">
									{offer ?? '–'}
								</span>
								<span class="sub cut" dir="auto">
									{actionInWords(action === undefined ? {} : { action })}
								</span>
							</td>
							<td>
								<Time at={lead.receivedAt} now={now} />
							</td>
							<td>
								<Deliveries lead={lead} />
							</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	</div>
);

const Deliveries = ({ lead }: { lead: ListedLead }) => (
	<span class="chips">
		{Object.entries(lead.deliveries).map(([name, delivery]) => (
			<DeliveryChip name={name} delivery={delivery} />
		))}
		{marksOf(lead).map((mark) => (
			<span class="chip mark">{mark}</span>
		))}
	</span>
);

/** Where a delivery stands, in two words. */
export const DeliveryChip = ({ name, delivery }: { name: string; delivery: Pick<Delivery, 'state'> }) => (
	<span class={`chip ${delivery.state}`}>
		{name} {delivery.state}
	</span>
);
