import type { Owner, OwnerSet } from '../field-map/owner.ts';
import type { FoundRecord, RecordQuestion } from './find-record.ts';

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
