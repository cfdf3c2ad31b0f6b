import { erasePerson } from '../../shared/operate/erase-person.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { findPerson, type PersonSearch } from '../../shared/operate/find-person.ts';
import { agree, type Consent } from './agree.ts';
import { sentTo, tellSent, tellUnsearched, warnOfWaiting } from './erase-notes.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { progressBar } from './progress-bar.ts';

/** What this tool has no way into; said each time, so that no one takes the journal for everything. */
const elsewhere = [
	'mails in the mailboxes of their recipients, and in Sent Items',
	'records in the CRM (their id is the lead id)',
	'what was posted to webhooks (said below, lead by lead)',
	'files that were exported',
] as const;

/** `leads erase --email`: everything that holds an e-mail address, wherever in it. */
export async function eraseByEmail(email: string, consent: Consent, deps: LeadsToolDeps): Promise<ExitCode> {
	const { terminal, clock } = deps;
	const startedAt = clock();
	const search: PersonSearch = {
		...deps,
		onProgress: (what, done, total) => terminal.progress(total === 0 ? `${done} ${what}` : progressBar(done, total, what)),
	};
	const found = await findPerson(email, search);
	terminal.progress('');
	const { leads, rejections, messages, searched } = found;
	terminal.note(
		`Searched: ${count(searched.leads, 'lead')}, ${count(searched.rejections, 'rejected payload')} and ${count(searched.messages, 'message')} of the queues spill and bells-poison in ${deps.where}.`,
	);
	terminal.note(`Not searched, because this command cannot: ${elsewhere.join('; ')}. Logs hold no addresses.`);
	const would = [
		...new Set([
			...leads.map(({ leadId }) => leadId),
			...rejections.map(({ id }) => id),
			...messages.flatMap(({ leadId }) => leadId ?? []),
		]),
	];
	const sent = sentTo(leads);
	const told = { searched, notSearched: elsewhere, ...(sent.length > 0 && { sentTo: sent }) };
	if (would.length + messages.length === 0) {
		terminal.note('Nothing matches.');
		tellUnsearched(found.unsearched, deps);
		if (consent.json) await terminal.print(`${toJsonText({ erased: [], messages: 0, ...told, unsearched: found.unsearched }, 2)}\n`);
		return exitCodes.failed;
	}
	const chosen = { leads, rejections, messages, unknown: [] };
	warnOfWaiting(chosen, deps);
	if (consent.dryRun) tellSent(sent, deps);
	const end = await agree('erase', chosen, consent, deps);
	if (end !== undefined) {
		tellUnsearched(found.unsearched, deps);
		if (consent.json)
			await terminal.print(
				`${toJsonText({ would, dryRun: consent.dryRun, erased: [], messages: messages.length, ...told, unsearched: found.unsearched }, 2)}\n`,
			);
		return end;
	}
	const erased = await erasePerson(email, { found, startedAt }, search);
	terminal.progress('');
	const { ids, unsearched } = erased;
	if (consent.json) await terminal.print(`${toJsonText({ erased: ids, messages: erased.messages, ...told, unsearched }, 2)}\n`);
	else {
		const others = erased.messages > 0 ? ` and ${count(erased.messages, 'queue message')} without an id` : '';
		await terminal.print(`${ids.length}${others} erased from ${deps.where}\n`);
	}
	terminal.note('Mails and CRM records that were made of them are not touched: erase them there.');
	tellSent(sent, deps);
	tellUnsearched(unsearched, deps);
	return unsearched.length > 0 ? exitCodes.failed : exitCodes.done;
}
