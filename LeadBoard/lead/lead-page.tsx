/** @jsxImportSource hono/jsx */
import { cooldownReasons } from '../../shared/delivery/cooldown.ts';
import type { Attempt, Delivery } from '../../shared/delivery/delivery.ts';
import type { JournaledLead } from '../../shared/journal/entries.ts';
import { personName } from '../../shared/lead/lead-words.ts';
import { actsOf, leadFacts, marksOf } from '../../shared/operate/lead-record.ts';
import { standingInWords } from '../../shared/operate/standing-in-words.ts';
import { durationText, timeText } from '../../shared/operate/time-words.ts';
import { ActForm, SendForm } from '../acts/act-pages.tsx';
import { Time } from '../frame/layout.tsx';
import { DeliveryChip, LeadsTable } from '../leads/leads-table.tsx';
import type { LeadView } from './read-lead-page.ts';
import type { Sent } from './read-sent.ts';
import { Payload, RejectionPart } from './rejection-part.tsx';

const doneWords: Record<string, string> = {
	replay: 'Queued again. Whether it arrives, the state below says: load the page again in a moment.',
	close: 'Closed.',
	retry: 'Due now. Whether it arrives, the state below says: load the page again in a moment.',
	send: 'Queued. Whether it arrives, the state below says: load the page again in a moment.',
};

/** One lead (or a rejected payload), with all that happened to it. */
interface LeadPageProps {
	view: LeadView;
	sent: Sent[];
	mayAct: boolean;
	/** What was just done with it. */
	done: string | undefined;
}

export const LeadPage = ({ view, sent, mayAct, done }: LeadPageProps) => {
	const { lead, rejection, now, payload } = view;
	const said = done !== undefined && Object.hasOwn(doneWords, done) ? doneWords[done] : undefined;
	return (
		<>
			{said !== undefined && (
				<p class="said" data-watch={lead && done !== 'close' ? lead.leadId : undefined}>
					{said}
				</p>
			)}
			{lead && <Lead lead={lead} view={view} sent={sent} mayAct={mayAct} />}
			{!lead && rejection && <RejectionPart rejection={rejection} payload={payload} now={now} mayAct={mayAct} />}
		</>
	);
};

const Lead = ({ lead, view, sent, mayAct }: { lead: JournaledLead; view: LeadView; sent: Sent[]; mayAct: boolean }) => {
	const { now, said, cooldowns, payload, others, otherCount } = view;
	const deliveries = Object.entries(lead.deliveries);
	return (
		<>
			<div class="head" data-lead={lead.leadId}>
				<div>
					<h1 dir="auto">{(said && personName(said)) ?? lead.summary.name ?? 'No name given'}</h1>
					<p class="muted">
						<span dir="auto">{lead.summary.offer}</span> received <Time at={lead.receivedAt} now={now} exact />
						{lead.receipts > 1 && `, ${lead.receipts} times with the same content`}
					</p>
				</div>
				<span class="chips">
					{deliveries.map(([name, delivery]) => (
						<DeliveryChip name={name} delivery={delivery} />
					))}
					{marksOf({ ...lead, receipts: 1 }).map((mark) => (
						<span class="chip mark">{mark}</span>
					))}
				</span>
			</div>
			<Troubles deliveries={deliveries} lead={lead} view={view} />
			{mayAct && <Acts lead={lead} view={view} />}
			<div class="two">
				<section class="card" aria-labelledby="says">
					<h2 id="says">What the lead says</h2>
					{said ? (
						<dl class="facts">
							{leadFacts(said).map(([label, text]) =>
								text ? (
									<>
										<dt>{label}</dt>
										<dd dir="auto">{text}</dd>
									</>
								) : null,
							)}
							<dt>Lead id</dt>
							<dd>
								<code>{lead.leadId}</code>
							</dd>
						</dl>
					) : (
						<p>This version of the app cannot read the payload: see it below.</p>
					)}
				</section>
				<section class="card" aria-labelledby="deliveries">
					<h2 id="deliveries">Deliveries</h2>
					{deliveries.length === 0 && (
						<p class="muted">
							{lead.undecided
								? 'It is not decided yet where it goes.'
								: `None: for the journal only (${lead.journalOnly ?? 'as a rule says'}).`}
						</p>
					)}
					<div>
						{deliveries.map(([name, delivery]) => (
							<DeliveryPart name={name} delivery={delivery} view={view} cooldown={cooldowns[name]} />
						))}
					</div>
				</section>
			</div>
			{sent.length > 0 && (
				<section aria-labelledby="sent">
					<h2 id="sent">What is sent</h2>
					<p class="hint">Made again from the payload, by the settings that are in force now.</p>
					{sent.map(({ destination, preview, notes }) => (
						<details class="card" open={sent.length === 1 || preview.page !== undefined}>
							<summary>To {destination}</summary>
							{notes.length > 0 && (
								<ul class="results muted">
									{notes.map((note) => (
										<li dir="auto">{note}</li>
									))}
								</ul>
							)}
							{preview.page !== undefined ? (
								<iframe
									src={`/board/leads/${lead.leadId}/sent/${encodeURIComponent(destination)}`}
									title={`What is sent to ${destination}`}
									sandbox="allow-popups allow-popups-to-escape-sandbox"
								/>
							) : (
								<section class="scroll" tabindex={0} aria-label={`What is sent to ${destination}`}>
									<pre>{preview.lines().join('\n')}</pre>
								</section>
							)}
						</details>
					))}
				</section>
			)}
			<Payload text={payload} />
			{others.length > 0 && (
				<section aria-labelledby="others">
					<h2 id="others">
						Other leads of the same person{otherCount > others.length && ` (the latest ${others.length} of ${otherCount})`}
					</h2>
					<LeadsTable leads={others} now={now} />
				</section>
			)}
		</>
	);
};

/** What can be done with the lead now. */
const Acts = ({ lead: { leadId, deliveries }, view: { sendTo, removed } }: { lead: JournaledLead; view: LeadView }) => {
	const states = Object.values(deliveries).map(({ state }) => state);
	const canWait = Object.entries(deliveries).some(([name, { state }]) => state === 'pending' && !removed.includes(name));
	const stranded = removed.filter((name) => deliveries[name]?.state === 'pending');
	const wish = { ids: [leadId], again: false };
	return (
		<section class="card" aria-label="What can be done">
			<div class="acts">
				{states.includes('parked') && <ActForm wish={{ ...wish, action: 'replay' }} label="Replay what is parked" isFirst />}
				{canWait && <ActForm wish={{ ...wish, action: 'retry' }} label="Try now" isFirst />}
				{states.some((state) => state === 'delivered' || state === 'closed') && (
					<ActForm wish={{ ...wish, action: 'replay', again: true }} label="Send again …" />
				)}
				<ActForm wish={{ ...wish, action: 'erase' }} label="Erase …" isDanger />
			</div>
			{states.includes('parked') && <ActForm wish={{ ...wish, action: 'close' }} label="Close what is parked" hasNote />}
			{stranded.map((name) => (
				<ActForm wish={{ ...wish, action: 'close', destination: name }} label={`Close what waits for ${name}`} hasNote />
			))}
			{sendTo.length > 0 && <SendForm leadId={leadId} sendTo={sendTo} />}
		</section>
	);
};

/** What is wrong, and its cure, before anything else. */
const Troubles = ({ deliveries, lead, view }: { deliveries: [string, Delivery][]; lead: JournaledLead; view: LeadView }) => (
	<>
		{lead.undecided && (
			<div class="alarm">
				<strong>It is undecided where this lead goes.</strong>
				<p>LEAD_DESTINATIONS is missing, or names something that is no destination. The next sweep decides when the setting is fixed.</p>
			</div>
		)}
		{deliveries.map(([name, delivery]) => {
			const trouble = troubleOf(delivery);
			const isRemoved = delivery.state === 'pending' && view.removed.includes(name);
			const cooldown = isRemoved ? undefined : view.cooldowns[name];
			if (!trouble && !cooldown && !isRemoved) return null;
			return (
				<div class={`alarm ${delivery.state === 'pending' ? 'warn' : ''}`}>
					<strong>
						{name}: {isRemoved ? 'waits, and no setting names it any more' : standingInWords(delivery, { now: view.now, cooldown })}
					</strong>
					{isRemoved && <p>It waits until the settings name {name} again, or until someone closes it.</p>}
					{cooldown && (
						<p>
							{name} is paused until <Time at={cooldown.until} now={view.now} exact />: {cooldownReasons[cooldown.why] ?? cooldown.why} (
							{cooldown.code}).
							{cooldown.names && ` To fix: ${cooldown.names.join(', ')}.`}
						</p>
					)}
					{trouble?.why && <p dir="auto">{trouble.why}</p>}
					{trouble?.cure && (
						<p dir="auto">
							<b>To do:</b> {trouble.cure}
						</p>
					)}
				</div>
			);
		})}
	</>
);

function troubleOf({ state, reason, remedy, recent }: Delivery): { why?: string; cure?: string } | undefined {
	const last = recent.at(-1);
	if (state === 'delivered' || state === 'closed') return undefined;
	const why =
		reason ??
		(last && last.outcome !== 'delivered'
			? [last.code, last.reason].filter(Boolean).join(': ') || 'The last attempt ended without an outcome.'
			: undefined);
	if (state === 'pending' && !why) return undefined;
	return { ...(why && { why }), ...(remedy && { cure: remedy }) };
}

const DeliveryPart = ({
	name,
	delivery,
	view,
	cooldown,
}: {
	name: string;
	delivery: Delivery;
	view: LeadView;
	cooldown: LeadView['cooldowns'][string] | undefined;
}) => {
	const { proof, recent, attempts } = delivery;
	return (
		<div class="delivery">
			<h3>
				{name}: {standingInWords(delivery, { now: view.now, cooldown })}
			</h3>
			{proof && (
				<p class="small">
					Proof: {proof.how}, <code>{proof.id}</code>
				</p>
			)}
			{recent.length > 0 ? (
				<>
					<p class="muted small">
						{attempts > recent.length ? `The latest ${recent.length} of ${attempts} attempts, newest first` : 'Attempts, newest first'}
					</p>
					<ol class="attempts" reversed>
						{recent.toReversed().map((attempt) => (
							<li value={attempt.number}>
								<AttemptWords attempt={attempt} />
							</li>
						))}
					</ol>
				</>
			) : (
				<p class="muted small">No attempt has been made yet.</p>
			)}
			{actsOf(delivery)
				.toReversed()
				.map(({ what, at, by, note }) => (
					<p class="small">
						{what} {timeText(at)} by <code>{by}</code>
						{note !== undefined && (
							<span class="sub" dir="auto">
								{note}
							</span>
						)}
					</p>
				))}
		</div>
	);
};

const AttemptWords = ({ attempt: { number, at, outcome, tookMs, code, reason, maybeDone } }: { attempt: Attempt }) => (
	<>
		<span class="muted">#{number}</span> <time datetime={new Date(at).toISOString()}>{timeText(at)}</time>{' '}
		<b>{outcome === 'unknown' ? 'ended without an outcome' : outcome}</b>
		{code && ` ${code}`}
		{tookMs !== undefined && <span class="muted">, took {durationText(tookMs)}</span>}
		{maybeDone && ', may have been done'}
		{reason && (
			<span class="sub" dir="auto">
				{reason}
			</span>
		)}
	</>
);
