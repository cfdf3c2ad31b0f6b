/** @jsxImportSource hono/jsx */
import type { JournaledRejection } from '../../shared/journal/entries.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import type { Found } from '../../shared/operate/find-leads.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import { ExportLinks } from '../export/export-route.tsx';
import { Time } from '../frame/layout.tsx';
import { Looked } from '../leads/looked.tsx';

export interface RejectedPageProps {
	found: Found<JournaledRejection>;
	isFull: boolean;
	/** It begins behind this one. */
	after?: string | undefined;
	problem?: string;
	now: number;
	mayAct: boolean;
}

/** Payloads that could not be read as a lead and that no one has closed. */
export const RejectedPage = ({ found, isFull, after, problem, now, mayAct }: RejectedPageProps) => (
	<>
		<div class="head">
			<h1>Rejected payloads</h1>
			<p class="muted small">What was posted, but could not be read as a lead. Newest first, without those that are closed.</p>
		</div>
		{problem && <p class="alarm warn">{problem}</p>}
		<section aria-label="List">
			<div data-list data-looked={found.looked}>
				{found.items.length > 0 ? (
					<form method="post" action="/board/act" class="list">
						<div class="table">
							<table class="stack">
								<thead>
									<tr>
										{mayAct && (
											<th scope="col">
												<span class="hidden">Chosen</span>
											</th>
										)}
										<th scope="col">Received</th>
										<th scope="col">Why it is not a lead</th>
										<th scope="col">Answered</th>
									</tr>
								</thead>
								<tbody>
									{found.items.map(({ id, receivedAt, status, issues }) => (
										<tr class="go">
											{mayAct && (
												<td>
													<label class="check">
														<input type="checkbox" name="id" value={id} />
														<span class="hidden">Choose the payload of {timeText(receivedAt)}</span>
													</label>
												</td>
											)}
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
						{mayAct && (
							<div class="card acts">
								<input type="hidden" name="back" value="/board/rejected" />
								<button type="submit" name="do" value="replay">
									Read the chosen again …
								</button>
								<button type="submit" name="do" value="close">
									Close the chosen …
								</button>
							</div>
						)}
					</form>
				) : (
					<p class="card muted">
						{problem
							? 'Nothing was looked for.'
							: found.next
								? 'None among those that were looked at.'
								: after
									? 'There are no older ones.'
									: 'There are none.'}
					</p>
				)}
			</div>
			{found.next && !isFull && (
				<Looked looked={found.looked} of="rejected payloads" after={after} next={found.next}>
					<a class="button" href={`/board/rejected?after=${found.next}`}>
						Look further
					</a>
				</Looked>
			)}
			<div class="pages">
				{after ? <a href="/board/rejected">Back to the newest</a> : <span />}
				{found.next && isFull && (
					<a data-older href={`/board/rejected?after=${found.next}`}>
						Older ones
					</a>
				)}
			</div>
			{found.items.length > 0 && <ExportLinks texts={{ state: 'rejected' }} />}
		</section>
	</>
);
