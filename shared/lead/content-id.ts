import { createHash } from 'node:crypto';
import { clean } from './clean-text.ts';
import type { Lead, NamedValue } from './lead.ts';

/** A different casing is the same text in these; in free text it is. Source, publisher and offer are parts of the lead source. */
const shortMembers = [
	'firstName',
	'lastName',
	'email',
	'phone',
	'country',
	'company',
	'title',
	'offerTitle',
	'leadSource',
	'action',
] as const satisfies (keyof Lead)[];

/** Lower case first, then upper: so `ß`, `ẞ` and `SS` are the same. */
const fold = (text: string) => clean(text.toLowerCase().toUpperCase());
const collapse = (text: string) => text.replace(/\s+/g, ' ');

/** Hash (SHA-256, hex) of what a lead says: the same for the same lead in other casing, order or blanks. */
export function contentId(lead: Lead): string {
	const named = (kind: string, values: NamedValue[] = []) => values.map(({ name, value }) => [kind, fold(name), collapse(value)]);
	const parts = [
		...shortMembers.map((name) => ['member', name, collapse(fold(lead[name] ?? ''))]),
		['member', 'description', collapse(lead.description ?? '')],
		...named('campaign', lead.campaign),
		...named('unknown', lead.unknown),
	];
	const canonical = parts.map((part) => JSON.stringify(part)).sort();
	return createHash('sha256').update(canonical.join('\n')).digest('hex');
}
