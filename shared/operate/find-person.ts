import type { ListedLead } from '../journal/journal.ts';
import { clean } from '../lead/clean-text.ts';
import { decodePayload } from '../lead/decode-payload.ts';
import { personHash } from '../lead/person-hash.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';

const storageTimeoutMs = 30_000;

/**
 * Everything that the journal has of an e-mail address: its leads, by the person index, and the rejected payloads that hold it anywhere. No index knows
 * those, so all of them are read: few, and none older than the retention.
 */
export async function findPerson(
	address: string,
	{ journal, deadline }: Pick<QueueDeps, 'journal' | 'deadline'>,
): Promise<{ leads: ListedLead[]; rejectionIds: string[] }> {
	const wanted = clean(address);
	if (!wanted.includes('@')) throw new Error('an e-mail address is expected');
	const table = await journal();
	const leads: ListedLead[] = [];
	for (const id of await table.leadsOfPerson(personHash(wanted), deadline(storageTimeoutMs))) {
		const lead = await table.find(id, deadline(storageTimeoutMs));
		if (lead) leads.push(lead);
	}
	const rejectionIds: string[] = [];
	const holds = holder(wanted);
	for (let after: string | undefined; ; ) {
		const span = { since: 0, until: Number.MAX_SAFE_INTEGER, ...(after !== undefined && { after }) };
		const { items, next } = await table.rejections(span, { most: 100, payloads: true }, deadline(storageTimeoutMs));
		for (const { id, payload, contentType } of items)
			if (holds(decodePayload(payload ?? new Uint8Array(), contentType))) rejectionIds.push(id);
		if (next === undefined) return { leads, rejectionIds };
		after = next;
	}
}

/** Whether a text holds an address, in any casing, and not as the end or the beginning of a longer one. */
function holder(address: string): (text: string) => boolean {
	const literal = address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const pattern = new RegExp(`(?<![\\p{L}\\p{N}._%+-])${literal}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, 'iu');
	return (text) => pattern.test(text);
}
