import { clean } from './clean-text.ts';
import type { UnknownMember } from './gather-unknown.ts';
import type { Issue } from './issue.ts';
import type { JsonNode } from './json-node.ts';

/** The members of the marketplace's schema, camelCase as they are on the wire (its documentation has PascalCase). */
export const personMembers = ['firstName', 'lastName', 'email', 'phone', 'country', 'company', 'title'] as const;
const leadMembers = ['offerTitle', 'leadSource', 'actionCode', 'description'] as const;
export type KnownMember = (typeof personMembers)[number] | (typeof leadMembers)[number];

/** A known member where it was found. */
export interface Candidate extends UnknownMember {
	known: KnownMember;
}

export interface SortedMembers {
	/** In the order in which they are believed: what is in `UserDetails` before the same at the top. */
	candidates: Candidate[];
	unknown: UnknownMember[];
	issues: Issue[];
}

const byFoldedName = (names: readonly KnownMember[]) => new Map(names.map((name) => [name.toLowerCase(), name]));
const insideByName = byFoldedName(personMembers);
const topByName = byFoldedName([...leadMembers, ...personMembers]);

/** Says what was found at a path of known names (so that the pointer needs no escapes) instead of what is expected. */
export function mismatch(path: string, value: JsonNode, expected: string): Issue {
	const found = value.kind !== 'scalar' ? `an ${value.kind}` : clean(value.text) ? 'a single value' : 'blank';
	return { pointer: `/${path.replace('.', '/')}`, detail: `Is ${found}; ${expected} is expected.` };
}

/** Sorts a payload's members by what we know of them; names are matched without regard to case. */
export function sortMembers(root: JsonNode): SortedMembers {
	const inside: Candidate[] = [];
	const top: Candidate[] = [];
	const unknown: UnknownMember[] = [];
	const issues: Issue[] = [];
	const file = (member: UnknownMember, known: KnownMember | undefined, into: Candidate[]) =>
		known ? into.push({ ...member, known }) : unknown.push(member);

	for (const member of root.kind === 'object' ? root.members : []) {
		const { name, value } = member;
		if (name.toLowerCase() !== 'userdetails') file({ ...member, path: name }, topByName.get(name.toLowerCase()), top);
		else if (value.kind === 'object') {
			for (const detail of value.members) {
				file({ ...detail, path: `${name}.${detail.name}` }, insideByName.get(detail.name.toLowerCase()), inside);
			}
		} else {
			unknown.push({ ...member, path: name });
			issues.push(mismatch(name, value, 'an object'));
		}
	}
	return { candidates: [...inside, ...top], unknown, issues };
}
