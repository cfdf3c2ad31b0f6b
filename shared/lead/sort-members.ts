import { clean } from './clean-text.ts';
import type { UnknownMember } from './flatten.ts';
import { type JsonMember, type JsonNode, openJson } from './json-tree.ts';
import type { Issue } from './lead.ts';

/** The members of the marketplace's schema, camelCase as they are on the wire (its documentation has PascalCase). */
export const personMembers = ['firstName', 'lastName', 'email', 'phone', 'country', 'company', 'title'] as const;
const leadMembers = ['offerTitle', 'leadSource', 'actionCode', 'description'] as const;
export type KnownMember = (typeof personMembers)[number] | (typeof leadMembers)[number];

/** A known member where it was found. */
export interface Candidate extends UnknownMember {
	known: KnownMember;
}

export interface SortedMembers {
	/** In the order in which they are believed: what is in `UserDetails` before the same at the top, our own names before those of another flavour. */
	candidates: Candidate[];
	unknown: UnknownMember[];
	issues: Issue[];
}

const byFoldedName = (names: readonly KnownMember[]) => new Map(names.map((name) => [name.toLowerCase(), name]));
const insideByName = byFoldedName(personMembers);
const topByName = byFoldedName([...leadMembers, ...personMembers]);
/** The marketplace's Azure table names them so; it keeps the customer as JSON in a text. */
const otherNames = new Map<string, KnownMember>([['offerdisplayname', 'offerTitle']]);
const personNames = new Set(['userdetails', 'customerinfo']);

const foldName = (name: string) => name.trim().toLowerCase();

/** Whether a member holds the customer. */
export const isPerson = ({ name }: Pick<JsonMember, 'name'>): boolean => personNames.has(foldName(name));

/** Says what was found at a path of known names (so that the pointer needs no escapes) instead of what is expected. */
export function mismatch(path: string, value: JsonNode, expected: string): Issue {
	const found = value.kind !== 'scalar' ? `an ${value.kind}` : clean(value.text) ? 'a single value' : 'blank';
	return { pointer: `/${path.replace('.', '/')}`, detail: `Is ${found}; ${expected} is expected.` };
}

/** Sorts a payload's members by what we know of them; names are matched without regard to case. */
export function sortMembers(members: readonly JsonMember[]): SortedMembers {
	const inside: Candidate[] = [];
	const top: Candidate[] = [];
	const other: Candidate[] = [];
	const unknown: UnknownMember[] = [];
	const issues: Issue[] = [];
	const file = (member: UnknownMember, known: KnownMember | undefined, into: Candidate[]) =>
		known ? into.push({ ...member, known }) : unknown.push(member);

	for (const member of members) {
		const { name, value, offset } = member;
		const folded = foldName(name);
		if (!isPerson(member)) {
			const known = topByName.get(folded);
			file({ ...member, path: name }, known ?? otherNames.get(folded), known ? top : other);
			continue;
		}
		const person = openJson(value, offset);
		if (person.kind === 'object')
			for (const detail of person.members)
				file({ ...detail, path: `${name}.${detail.name}` }, insideByName.get(foldName(detail.name)), inside);
		else {
			unknown.push({ ...member, path: name });
			issues.push(mismatch(name, value, 'an object'));
		}
	}
	return { candidates: [...inside, ...top, ...other], unknown, issues };
}
