import type { FoundRecord, RecordQuestion } from '../lookups/find-record.ts';

/** To whom a record is given: an id in an entity set, or whoever has that name or e-mail address. */
export type Owner = { set: OwnerSet; id: string } | { sets: OwnerSet[]; name: string };
export type OwnerSet = 'systemusers' | 'teams';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const setOf: Record<string, OwnerSet> = { user: 'systemusers', team: 'teams' };

/** Reads `DATAVERSE_OWNER`: `user:<id>`, `team:<id>`, or a name or e-mail address, of a user or of a team alone with `user:` or `team:` before it. */
export function readOwner(text: string): { ok: true; owner: Owner } | { ok: false; problem: string } {
	const [, prefix, rest = ''] = /^\s*(?:(user|team)\s*:)?([\s\S]*)$/i.exec(text) ?? [];
	const named = rest.trim();
	const set = prefix && setOf[prefix.toLowerCase()];
	if (!named) return { ok: false, problem: set ? `names no one after ${prefix}:` : 'is empty' };
	if (guid.test(named))
		return set
			? { ok: true, owner: { set, id: named.toLowerCase() } }
			: { ok: false, problem: 'is an id without user: or team: in front of it' };
	if (set && /^[0-9a-f{}-]{20,}$/i.test(named)) return { ok: false, problem: `has a value after ${prefix}: that is almost an id` };
	if (named.length > 200) return { ok: false, problem: 'is too long for a name' };
	return {
		ok: true,
		owner: { sets: set ? [set] : named.includes('@') ? ['systemusers', 'teams'] : ['teams', 'systemusers'], name: named },
	};
}

export type FoundOwner = { set: OwnerSet; id: string } | Exclude<FoundRecord, { id: string }>;

/** Finds whom a record is given to: a user by e-mail address, sign-in name or full name, a team by name. Never throws. */
export async function findOwner(owner: Owner, find: (question: RecordQuestion) => Promise<FoundRecord>): Promise<FoundOwner> {
	if ('id' in owner) return owner;
	let missing: FoundOwner = { missing: 'none' };
	for (const set of owner.sets) {
		for (const question of questionsFor(set, owner.name)) {
			const found = await find(question);
			if ('id' in found) return { set, id: found.id };
			if (found.missing !== 'none') missing = found;
		}
	}
	return missing;
}

function questionsFor(set: OwnerSet, value: string): RecordQuestion[] {
	if (set === 'teams') return [{ set, by: 'name', value }];
	const columns = value.includes('@') ? ['internalemailaddress', 'domainname'] : ['fullname'];
	return columns.map((by) => ({ set, by, value, and: 'isdisabled eq false' }));
}
