import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { Journal } from '../journal/journal.ts';
import { isLeadId } from '../lead/lead-id.ts';
import { actionInWords } from '../lead/lead-words.ts';
import { searchFor } from '../lead/search-text.ts';
import { countryInWords, toCountryCode } from '../person/countries.ts';
import { facetsIn, inWords, type Listed, parametersOf, saidIn } from './lead-facets.ts';

/**
 * Whether a lead is what someone looks for: by its id or reference, its phone number, its country in any name of it, or by words of its name, company,
 * address, offer, country, campaign, action or source. A lead without its payload is searched by its summary alone.
 */
export function leadFinder(search: string): (listed: Listed) => boolean {
	const finds = searchFor(search);
	const whole = toCountryCode(search);
	return (listed) => {
		const { leadId, summary, ...content } = listed;
		const lead = saidIn({ summary, ...content });
		const { name, company, email, offer, action } = summary;
		const { country: [country = ''] = [], source, campaign } = facetsIn(lead);
		if (country && whole === country) return true;
		const person = [name, company, email, lead.email, lead.phone, lead.country, countryInWords(country)?.words];
		const sold = [
			offer,
			lead.offer,
			lead.publisher,
			...campaign,
			...parametersOf(lead),
			...source.map((value) => inWords('source', value)),
		];
		const texts = [leadId, ...person, ...sold, action, action && actionInWords({ action })];
		// A short word is part of too much.
		return finds({ texts, phones: [lead.phone] }, (word) => word.length > 3 && country !== '' && toCountryCode(word) === country);
	};
}

/** What someone calls a lead by: its id, or the beginning or the end of it. */
export type LeadName = { id: string } | { part: string };

/** The shortest beginning of an id that is looked for: it names 50 days. */
const shortest = 4;

/**
 * Reads a name as people paste it: an id in any casing, also in braces or within an address; a reference, also as in a subject (`[#cb9ad2a8]`); the
 * beginning of an id. Undefined for anything else.
 */
export function readLeadName(text: string): LeadName | undefined {
	const folded = text.trim().toLowerCase();
	const [id = ''] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(folded) ?? [];
	if (isLeadId(id)) return { id };
	const bare = /#([0-9a-f]{8})(?![0-9a-f])/.exec(folded)?.[1] ?? folded.replace(/^[[({#]+|[\])}]+$/g, '');
	const digits = bare.replaceAll('-', '');
	if (!/^[0-9a-f]+(?:-[0-9a-f]+)*-?$/.test(bare) || digits.length < shortest || digits.length > 32) return undefined;
	const written = digits.replace(/^(.{8})(.{0,4})(.{0,4})(.{0,4})(.*)$/, '$1-$2-$3-$4-$5').replace(/-+$/, '');
	return isLeadId(written) ? { id: written } : { part: written };
}

export interface FindDeps {
	journal: () => Promise<Pick<Journal, 'ids'>>;
	deadline: (ms: number) => AbortSignal;
	onProgress: (looked: number) => void;
}

const countedAtOnce = 1000;

/** The ids of leads and rejected payloads that begin with this part, or (8 digits) end with it, newest first. Reads keys alone. */
export async function findIdsLike(part: string, { journal, deadline, onProgress }: FindDeps): Promise<string[]> {
	const time = part.replaceAll('-', '').slice(0, 12);
	const begun = { since: Number.parseInt(time.padEnd(12, '0'), 16), until: Number.parseInt(time.padEnd(12, 'f'), 16) };
	const all = { since: 0, until: Number.MAX_SAFE_INTEGER };
	const isReference = /^[0-9a-f]{8}$/.test(part);
	const table = await journal();
	const found = new Set<string>();
	let looked = 0;
	for (const kind of ['leads', 'rejections'] as const)
		for (let after: string | undefined; ; ) {
			const span = { ...(isReference ? all : begun), ...(after !== undefined && { after }) };
			const { items, next } = await table.ids(kind, span, countedAtOnce, deadline(storageTimeoutMs.list));
			for (const id of items) if (id.startsWith(part) || (isReference && id.endsWith(part))) found.add(id);
			looked += items.length;
			onProgress(looked);
			if (next === undefined) break;
			after = next;
		}
	return [...found];
}
