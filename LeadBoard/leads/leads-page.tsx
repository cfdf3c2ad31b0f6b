/** @jsxImportSource hono/jsx */
import type { ListedLead } from '../../shared/journal/entries.ts';
import { actionWords } from '../../shared/lead/lead-words.ts';
import { states } from '../../shared/operate/filter.ts';
import type { Found } from '../../shared/operate/find-leads.ts';
import { mostIds } from '../acts/act.ts';
import { ExportLinks } from '../export/export-route.tsx';
import { LeadsTable } from './leads-table.tsx';
import { Looked } from './looked.tsx';
import { type FilterTexts, withFilter } from './read-filter.ts';

export interface LeadsPageProps {
	found: Found<ListedLead>;
	/** Whether it ends because the page is full, and not because enough leads were looked at. */
	isFull: boolean;
	texts: FilterTexts;
	/** What could not be read of the filter. */
	problems: string[];
	destinations: readonly string[];
	/** Where leads can be sent. */
	sendTo: readonly string[];
	now: number;
	/** It begins behind this lead. */
	after: string | undefined;
	mayAct: boolean;
}

/** One page of the list of leads. */
export const LeadsPage = ({ found, isFull, texts, problems, destinations, sendTo, now, after, mayAct }: LeadsPageProps) => (
	<>
		<div class="head">
			<h1>Leads</h1>
			<p class="muted small">Newest first. The address of this page holds the filter: keep it as a bookmark, or send it to a colleague.</p>
		</div>
		<PersonSearch />
		<section aria-label="Filter">
			<form class="card filters" method="get" action="/board/leads">
				<Choice
					name="state"
					label="State"
					value={texts.state}
					choices={states.filter((state) => state !== 'rejected').map((state) => [state, state])}
				/>
				<Choice name="destination" label="Destination" value={texts.destination} choices={destinations.map((name) => [name, name])} />
				<Text name="offer" label="Offer" value={texts.offer} />
				<Choice name="action" label="Action" value={texts.action} choices={actionWords} />
				<Text name="country" label="Country" value={texts.country} />
				<Text name="campaign" label="Campaign" value={texts.campaign} />
				<Text name="source" label="Source" value={texts.source} />
				<Text name="since" label="Received since" value={texts.since} hint="2026-11-23 or P7D" />
				<Text name="until" label="Received until" value={texts.until} hint="2026-11-30" />
				<div class="acts">
					<button type="submit" class="first">
						Filter
					</button>
					{Object.keys(texts).length > 0 && (
						<a class="button" href="/board/leads">
							Clear
						</a>
					)}
				</div>
			</form>
			{problems.map((problem) => (
				<p class="alarm warn">{problem}</p>
			))}
		</section>
		<section aria-label="List">
			<div data-list data-looked={found.looked}>
				{found.items.length === 0 ? (
					<p class="card muted">{nothingText({ found, texts, problems, after })}</p>
				) : mayAct ? (
					<form method="post" action="/board/act" class="list">
						<LeadsTable leads={found.items} now={now} choose />
						<ActBar texts={texts} sendTo={sendTo} />
					</form>
				) : (
					<LeadsTable leads={found.items} now={now} />
				)}
			</div>
			{found.next && !isFull && (
				<Looked looked={found.looked} next={found.next} after={after}>
					<a class="button" href={withFilter('/board/leads', texts, { after: found.next })}>
						Look further
					</a>
				</Looked>
			)}
			<div class="pages">
				{after === undefined ? <span /> : <a href={withFilter('/board/leads', texts)}>Back to the newest</a>}
				{found.next && isFull && (
					<a data-older href={withFilter('/board/leads', texts, { after: found.next })}>
						Older leads
					</a>
				)}
			</div>
			{(found.items.length > 0 || found.next) && <ExportLinks texts={texts} />}
		</section>
	</>
);

const nothingText = ({ found, texts, problems, after }: Pick<LeadsPageProps, 'found' | 'texts' | 'problems' | 'after'>): string => {
	if (problems.length > 0) return 'Nothing was looked for.';
	if (found.next) return 'Nothing among the leads that were looked at.';
	if (after !== undefined) return 'Nothing more matches.';
	return Object.keys(texts).length > 0 ? 'Nothing matches.' : 'No lead has been received yet.';
};

/** What is done with the chosen leads, or with all that the filter finds. */
const ActBar = ({ texts, sendTo }: { texts: FilterTexts; sendTo: readonly string[] }) => {
	const isRemoved = texts.destination !== undefined && !sendTo.includes(texts.destination);
	return (
		<div class="card acts">
			<input type="hidden" name="back" value={withFilter('/board/leads', texts)} />
			{Object.entries(texts).map(([name, text]) => (
				<input type="hidden" name={name} value={text} />
			))}
			<label>
				Do
				<select name="do">
					<option value="replay">Replay what is parked</option>
					<option value="close" selected={isRemoved}>
						{isRemoved ? 'Close what waits or is parked' : 'Close what is parked'}
					</option>
					<option value="retry" selected={texts.state === 'pending' && !isRemoved}>
						Try now what waits
					</option>
					<option value="send">Send to another destination</option>
				</select>
			</label>
			<label>
				Send to
				<select name="to">
					<option value="">choose, only to send</option>
					{sendTo.map((name) => (
						<option value={name}>{name}</option>
					))}
				</select>
			</label>
			<label>
				With
				<select name="scope">
					<option value="chosen">the chosen leads</option>
					<option value="filter">all that the filter finds, {mostIds} at most</option>
				</select>
			</label>
			<button type="submit">Go on …</button>
			<span class="hint">You see what will be done, and confirm it.</span>
		</div>
	);
};

/** By POST: an address belongs in no history. */
export const PersonSearch = ({ text = '' }: { text?: string }) => (
	<form class="inline" method="post" action="/board/leads/search">
		<label>
			Search for a person
			<input
				type="search"
				name="text"
				value={text}
				required
				maxlength={200}
				dir="auto"
				placeholder="E-mail address, name or company"
				autocomplete="off"
			/>
		</label>
		<button type="submit">Search</button>
	</form>
);

const Choice = ({
	name,
	label,
	value,
	choices,
}: {
	name: string;
	label: string;
	value: string | undefined;
	choices: readonly (readonly [string, string])[];
}) => (
	<label>
		{label}
		<select name={name}>
			<option value="">any</option>
			{choices.map(([choice, words]) => (
				<option value={choice} selected={choice.toLowerCase() === value?.toLowerCase()}>
					{words}
				</option>
			))}
		</select>
	</label>
);

const Text = ({ name, label, value, hint }: { name: string; label: string; value: string | undefined; hint?: string }) => (
	<label>
		{label}
		<input type="text" name={name} value={value ?? ''} placeholder={hint} maxlength={200} autocomplete="off" />
	</label>
);
