/** @jsxImportSource hono/jsx */
import { isLeadId } from '../../shared/lead/lead-id.ts';
import { PersonSearch } from './leads-page.tsx';
import { LeadsTable } from './leads-table.tsx';
import { Looked } from './looked.tsx';
import type { PersonLeads } from './search-person.ts';

/** What a search for a person has found, or why it was not looked for. */
export const SearchPage = ({ text, found, after, now }: { text: string; found: PersonLeads | string; after?: unknown; now: number }) => (
	<>
		<div class="head">
			<h1>Search</h1>
			<a href="/board/leads">All leads</a>
		</div>
		<PersonSearch text={text} />
		{typeof found === 'string' ? (
			<>
				<p class="alarm warn">{found}</p>
				<p class="card muted">Nothing was looked for.</p>
			</>
		) : (
			<FoundLeads text={text} found={found} after={after} now={now} />
		)}
	</>
);

const FoundLeads = ({ text, found, after, now }: { text: string; found: PersonLeads; after?: unknown; now: number }) => {
	const { leads, by, more, next, looked, isFull } = found;
	return (
		<section aria-label="Found">
			<p class="muted small">
				{by === 'address'
					? 'All leads that were posted with this e-mail address, newest first. An address inside a text is found by: npm run leads -- erase --email … --dry-run'
					: 'Every word must be part of the name, company, e-mail address, phone number, country, offer or campaign. Newest first.'}
			</p>
			<div data-list data-looked={looked}>
				{leads.length > 0 ? (
					<LeadsTable leads={leads} now={now} />
				) : (
					<p class="card muted">{next === undefined ? 'Nothing matches.' : 'Nothing among the leads that were looked at.'}</p>
				)}
			</div>
			{next !== undefined && !isFull && (
				<Looked looked={looked} next={next} after={isLeadId(after) ? after : undefined}>
					<Further text={text} next={next} words="Look further" />
				</Looked>
			)}
			<div class="pages">
				<span />
				{next !== undefined && isFull && (
					<span data-older>
						<Further text={text} next={next} words="Older leads" />
					</span>
				)}
			</div>
			{by === 'address' && more && <p class="muted">There are more: the newest 50 are shown.</p>}
		</section>
	);
};

/** By POST, as the search itself. */
const Further = ({ text, next, words }: { text: string; next: string; words: string }) => (
	<form method="post" action="/board/leads/search">
		<input type="hidden" name="text" value={text} />
		<input type="hidden" name="after" value={next} />
		<button type="submit">{words}</button>
	</form>
);
