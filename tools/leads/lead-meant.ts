import { domainToUnicode } from 'node:url';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { personHash } from '../../shared/lead/lead-id.ts';
import { readLeadName } from '../../shared/operate/find-lead.ts';
import { findLeads } from '../../shared/operate/find-leads.ts';
import { type BareAddress, toBareAddress } from '../../shared/person/find-address.ts';
import { idsNamed, leadNameOf, refuse } from './ids-named.ts';
import type { LeadsToolDeps } from './leads-tool-deps.ts';

/** What is said on the telephone: digits, and what is written between them. */
const number = /^\+?[\d\s()./-]{6,}$/;

/**
 * The id of the lead that a person means: by its reference, its id or the beginning of it, the e-mail address or the phone number. What is found under none
 * of them stays as it is. Throws, and lists them, when it may be several.
 */
export async function leadMeant(text: string, deps: LeadsToolDeps): Promise<string> {
	const ids = await idsMeant(text, deps);
	if (ids.length > 1) await refuse(ids, text, deps);
	return ids[0] ?? text.trim();
}

async function idsMeant(text: string, deps: LeadsToolDeps): Promise<string[]> {
	const address = toBareAddress(text);
	const isNumber = number.test(text.trim());
	const name = address || isNumber ? readLeadName(text) : leadNameOf(text);
	const named = name ? await idsNamed(name, deps) : [];
	if (named.length > 0) return named;
	if (address) return idsOfPerson(address, deps);
	if (!isNumber) return [];
	const all = { since: 0, until: Number.MAX_SAFE_INTEGER, search: text };
	const { items } = await findLeads(all, { most: Number.MAX_SAFE_INTEGER, mostRead: Number.MAX_SAFE_INTEGER }, deps);
	deps.terminal.progress('');
	return items.map(({ leadId }) => leadId);
}

/** The journal knows an address as it was posted: its domain may be in Unicode. */
async function idsOfPerson({ local, domain }: BareAddress, { journal, deadline }: LeadsToolDeps): Promise<string[]> {
	const table = await journal();
	const ids = new Set<string>();
	for (const written of new Set([domain, domainToUnicode(domain)]))
		for (const id of await table.leadsOfPerson(personHash(`${local}@${written}`), deadline(storageTimeoutMs.list))) ids.add(id);
	return [...ids].sort().reverse();
}
