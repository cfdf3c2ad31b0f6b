import { searchFor } from '../../shared/lead/search-text.ts';
import './list.css';

interface ListHeadProps {
	title: string;
	shown: number;
	total: number;
	search: string;
	onSearch: (text: string) => void;
	/** Path whose DELETE empties the list. */
	path: string;
	/** Asked before. */
	question: string;
}

/** Above a list: its name, a search over what is listed, and the way to empty it. */
export const ListHead = ({ title, shown, total, search, onSearch, path, question }: ListHeadProps) => (
	<div class="list-head">
		<h1>{title}</h1>
		<input
			type="search"
			placeholder="Search"
			aria-label={`Search ${title}`}
			value={search}
			onInput={({ currentTarget }) => onSearch(currentTarget.value)}
		/>
		<button type="button" class="quiet" onClick={() => confirm(question) && void fetch(path, { method: 'DELETE' })}>
			Delete all
		</button>
		{total > shown && !search && (
			<p class="note">
				The newest {shown} of {total}.
			</p>
		)}
	</div>
);

/** Whether the texts have what is searched for, as `npm run leads` searches: several words, without accents, phone numbers by their digits. */
export const finds = (search: string, texts: (string | undefined)[], phones?: (string | undefined)[]) =>
	searchFor(search)({ texts, ...(phones && { phones }) });
