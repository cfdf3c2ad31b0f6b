/** @jsxImportSource hono/jsx */
import type { JournaledRejection } from '../../shared/journal/entries.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import type { Found } from '../../shared/operate/find-leads.ts';
import { Time } from '../frame/layout.tsx';

/** Payloads that could not be read as a lead and that no one has closed. */
export const RejectedPage = ({ found, now }: { found: Found<JournaledRejection>; now: number }) => (
	<>
		<div class="head">
			<h1>Rejected payloads</h1>
			<p class="muted small">What was posted, but could not be read as a lead. Newest first, without those that are closed.</p>
		</div>
		<section aria-label="List">
			{found.items.length > 0 ? (
				<div class="table">
					<table class="stack">
						<thead>
							<tr>
								<th scope="col">Received</th>
								<th scope="col">Why it is not a lead</th>
								<th scope="col">Answered</th>
							</tr>
						</thead>
						<tbody>
							{found.items.map(({ id, receivedAt, status, issues }) => (
								<tr class="go">
									<th scope="row">
										<a href={`/board/leads/${id}`}>
											<Time at={receivedAt} now={now} />
										</a>
									</th>
									<td dir="auto">{issues.slice(0, 3).map(issueText).join(' ')}</td>
									<td data-label="Answered">{status}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			) : (
				<p class="card muted">There are none.</p>
			)}
			<div class="pages">
				<span />
				{found.next && <a href={`/board/rejected?after=${found.next}`}>Older ones</a>}
			</div>
		</section>
	</>
);
