/** @jsxImportSource hono/jsx */
import { PersonSearch } from './leads-page.tsx';
import { LeadsTable } from './leads-table.tsx';
import type { PersonLeads } from './search-person.ts';

/** What a search for a person has found. */
export const SearchPage = ({ text, found, now }: { text: string; found: PersonLeads; now: number }) => {
	const { leads, by, more } = found;
	return (
		<>
			<div class="head">
				<h1>Search</h1>
				<a href="/board/leads">All leads</a>
			</div>
			<PersonSearch text={text} />
			<section aria-label="Found">
				<p class="muted small">
					{by === 'address'
						? 'All leads that were posted with this e-mail address, newest first. An address inside a text is found by: npm run leads -- erase --email … --dry-run'
						: 'Every word must be part of the name, company, e-mail address, phone number, country, offer or campaign. The latest 5,000 leads were looked at.'}
				</p>
				{leads.length > 0 ? <LeadsTable leads={leads} now={now} /> : <p class="card muted">Nothing matches.</p>}
				{more && <p class="muted">There are more. Search for more words.</p>}
			</section>
		</>
	);
};
