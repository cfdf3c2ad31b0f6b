/** @jsxImportSource hono/jsx */

import { iso } from '../../shared/operate/lead-record.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import { LeadsTable } from '../leads/leads-table.tsx';
import { actions, type Wish } from './act.ts';
import type { ActResult } from './perform-act.ts';
import type { Plan } from './plan-acts.ts';

const mostShown = 20;
const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** After these a delivery waits: pages ask again where it stands. */
const queueing: readonly Wish['action'][] = ['replay', 'retry', 'send'];
const isQueueing = ({ action }: Wish): '' | undefined => (queueing.includes(action) ? '' : undefined);

const consequences: Record<Wish['action'], string> = {
	replay: 'They are queued again, with a new retry window. A CRM record is never created twice.',
	close: 'They are closed: you say that someone has dealt with them. Nothing is sent.',
	retry: 'The pause of their destinations ends, and they are due now.',
	send: 'They get one more delivery, to a destination that they did not go to. It is queued now.',
	erase: 'Everything that the app keeps of them is deleted, now and for good. What is not delivered yet will not be.',
};

interface ConfirmProps {
	wish: Wish;
	plan: Plan;
	now: number;
	/** The list that they were chosen from. */
	back: string;
	/** The filter may find others too. */
	isMore: boolean;
}

/** What is about to be done, before it is done. */
export const ConfirmPage = ({ wish, plan, now, back, isMore }: ConfirmProps) => {
	const { ids, leads, rejections, oldest, newest, deliveries, mayDouble, held, left } = plan;
	const where = wish.to === undefined ? '' : ` to ${wish.to}`;
	const what = [
		...(leads.length > 0 ? [counted(leads.length, 'lead', 'leads')] : []),
		...(rejections.length > 0 ? [counted(rejections.length, 'rejected payload', 'rejected payloads')] : []),
	].join(' and ');
	const deed = wish.action === 'retry' ? `Try ${what} now` : `${actions[wish.action]} ${what}${where}`;
	if (ids.length === 0)
		return (
			<>
				<h1>Nothing to {actions[wish.action].toLowerCase()}</h1>
				<p>
					{left === 0 ? 'Nothing was chosen.' : `This does nothing with any of the ${left} that were chosen.`}
					{isMore && ' Not all leads were looked through: choose a shorter time.'} <a href={back}>Back to the list</a>
				</p>
			</>
		);
	return (
		<>
			<h1>{deed}?</h1>
			<section class="card" aria-label="What will be done">
				<p>{consequences[wish.action]}</p>
				<dl class="facts">
					<dt>Received</dt>
					<dd>{[...new Set([timeText(oldest), timeText(newest)])].join(' to ')} UTC</dd>
					{wish.action !== 'erase' && Object.keys(deliveries).length > 0 && (
						<>
							<dt>Deliveries</dt>
							<dd>
								{Object.entries(deliveries)
									.map(([name, count]) => `${name} ${count}`)
									.join(', ')}
							</dd>
						</>
					)}
					{left > 0 && (
						<>
							<dt>Left out</dt>
							<dd>{counted(left, 'lead with which this does nothing', 'leads with which this does nothing')}</dd>
						</>
					)}
				</dl>
				{isMore && (
					<p class="alarm warn">
						<strong>The filter may find more than these.</strong> They are the newest. Go back to the list for the others, or choose a
						shorter time.
					</p>
				)}
				{held.map((why) => (
					<p class="alarm warn">{why}</p>
				))}
				{mayDouble > 0 && (
					<p class="alarm warn">
						<strong>{counted(mayDouble, 'delivery may come twice', 'deliveries may come twice')}.</strong> Each was delivered already, or
						the app does not know whether it was.
					</p>
				)}
				<form method="post" action="/board/act" data-acts data-queues={isQueueing(wish)}>
					<input type="hidden" name="confirmed" value="yes" />
					<input type="hidden" name="back" value={back} />
					<input type="hidden" name="before" value="0" />
					<WishFields wish={wish} ids={ids} />
					{wish.action !== 'erase' && (
						<label>
							Note, kept with each of them
							<textarea name="note" maxlength={500} dir="auto">
								{wish.note ?? ''}
							</textarea>
						</label>
					)}
					<p class="acts">
						<button type="submit" class={wish.action === 'erase' ? 'danger' : 'first'}>
							{deed}
						</button>
						<a class="button" href={back}>
							Cancel
						</a>
					</p>
				</form>
			</section>
			{leads.length > 0 && (
				<section aria-label="Which">
					<LeadsTable leads={leads.slice(0, mostShown)} now={now} />
					{leads.length > mostShown && <p class="muted">… and {leads.length - mostShown} more.</p>}
				</section>
			)}
		</>
	);
};

const WishFields = ({ wish, ids }: { wish: Wish; ids: string[] }) => (
	<>
		<input type="hidden" name="action" value={wish.action} />
		{wish.destination !== undefined && <input type="hidden" name="destination" value={wish.destination} />}
		{wish.to !== undefined && <input type="hidden" name="to" value={wish.to} />}
		{wish.shown !== undefined && <input type="hidden" name="shown" value={iso(wish.shown)} />}
		{wish.again && <input type="hidden" name="again" value="yes" />}
		{ids.map((id) => (
			<input type="hidden" name="id" value={id} />
		))}
	</>
);

interface ResultsProps {
	wish: Wish;
	results: ActResult[];
	/** Not acted on yet. */
	rest: string[];
	/** How many were acted on by requests before this one. */
	before: number;
	/** The list that they were chosen from. */
	back: string;
}

/** What was done, one by one, and what is left to do when time ran out. */
export const ResultsPage = ({ wish, results, rest, before, back }: ResultsProps) => (
	<>
		<h1>
			{counted(results.filter(({ ok }) => ok).length, 'done', 'done')}, {results.filter(({ ok }) => !ok).length} not
			{rest.length > 0 && `, ${rest.length} to go`}
		</h1>
		{rest.length > 0 && (
			<form method="post" action="/board/act" class="card" data-acts data-queues={isQueueing(wish)}>
				<p>The time of one request was used up. The others are still as they were.</p>
				<input type="hidden" name="confirmed" value="yes" />
				<input type="hidden" name="back" value={back} />
				<input type="hidden" name="before" value={String(before + results.length)} />
				{wish.note !== undefined && <input type="hidden" name="note" value={wish.note} />}
				<WishFields wish={wish} ids={rest} />
				<button type="submit" class="first">
					Go on with the other {rest.length}
				</button>
			</form>
		)}
		<ul class="results card">
			{results.map(({ id, ok, text }) => (
				<li data-watch={ok && isQueueing(wish) === '' ? id : undefined}>
					<a href={`/board/leads/${id}`}>
						<code>{id}</code>
					</a>{' '}
					<span class={`chip ${ok ? 'delivered' : 'parked'}`}>{ok ? 'done' : 'not done'}</span> {text}
				</li>
			))}
		</ul>
		<p>
			<a href={back}>Back to the list</a>
		</p>
	</>
);

/** Sends one lead to a destination that it did not go to. */
export const SendForm = ({ leadId, sendTo }: { leadId: string; sendTo: string[] }) => (
	<form method="post" action="/board/act" class="inline">
		<input type="hidden" name="action" value="send" />
		<input type="hidden" name="id" value={leadId} />
		<label>
			Send it also to
			<select name="to">
				{sendTo.map((name) => (
					<option value={name}>{name}</option>
				))}
			</select>
		</label>
		<button type="submit">Send</button>
	</form>
);

/** Buttons for one lead or rejected payload. */
export const ActForm = ({
	wish,
	label,
	isFirst = false,
	isDanger = false,
	hasNote = false,
}: {
	wish: Wish;
	label: string;
	isFirst?: boolean;
	isDanger?: boolean;
	hasNote?: boolean;
}) => (
	<form method="post" action="/board/act" class={hasNote ? 'inline' : undefined}>
		<WishFields wish={wish} ids={wish.ids} />
		{hasNote && (
			<label>
				Note
				<input type="text" name="note" maxlength={500} autocomplete="off" dir="auto" />
			</label>
		)}
		<button type="submit" class={isDanger ? 'danger' : isFirst ? 'first' : undefined}>
			{label}
		</button>
	</form>
);
