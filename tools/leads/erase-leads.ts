import { hasEnded } from '../../shared/journal/has-ended.ts';
import { eraseById } from '../../shared/operate/erase-by-id.ts';
import { findPerson } from '../../shared/operate/find-person.ts';
import { agree, type Consent } from './agree.ts';
import { type Chosen, choose } from './choose.ts';
import { type Desk, type ExitCode, exitCodes, storageTimeoutMs } from './desk.ts';
import { progressBar } from './progress-bar.ts';
import { toJsonText } from './to-json-text.ts';

/** `leads erase`: the personal data of leads by id, or of everything that holds an e-mail address. */
export async function eraseLeads(target: { ids: string[] } | { email: string }, consent: Consent, desk: Desk): Promise<ExitCode> {
	const { terminal } = desk;
	const chosen = 'email' in target ? await chooseByEmail(target.email, desk) : await choose(target, desk);
	for (const id of chosen.unknown) terminal.note(`${id}: there is nothing under this id in ${desk.where}`);
	const ids = [...new Set([...chosen.leads.map(({ leadId }) => leadId), ...chosen.rejections.map(({ id }) => id)])];
	if (ids.length === 0) {
		if (chosen.unknown.length === 0) terminal.note('Nothing matches.');
		if (consent.json) await terminal.print(`${toJsonText({ erased: [] }, 2)}\n`);
		return exitCodes.failed;
	}
	const waiting = chosen.leads.filter((lead) => !hasEnded(lead)).length;
	if (waiting > 0) terminal.note(`Not delivered to the end yet: ${waiting} of these. What is erased will not be delivered any more.`);
	const end = await agree('erase', chosen, consent, desk);
	if (end !== undefined) {
		if (consent.json) await terminal.print(`${toJsonText({ would: ids, dryRun: consent.dryRun, erased: [] }, 2)}\n`);
		return end;
	}
	const erased: string[] = [];
	for (const id of ids) {
		const { lead, rejection } = await eraseById(id, desk);
		if (lead || rejection) erased.push(id);
		terminal.progress(progressBar(erased.length, ids.length));
	}
	if (consent.json) await terminal.print(`${toJsonText({ erased }, 2)}\n`);
	else await terminal.print(`${erased.length} erased from ${desk.where}\n`);
	terminal.note('Mails and CRM records that were made of them are not touched: erase them there.');
	return exitCodes.done;
}

async function chooseByEmail(email: string, desk: Desk): Promise<Chosen> {
	const { leads, rejectionIds } = await findPerson(email, desk);
	const journal = await desk.journal();
	const rejections = [];
	for (const id of rejectionIds) {
		const rejection = await journal.findRejection(id, desk.deadline(storageTimeoutMs));
		if (rejection) rejections.push(rejection);
	}
	return { leads, rejections, unknown: [] };
}
