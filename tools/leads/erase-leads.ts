import { fromSpillMessage, spillQueue } from '../../shared/accept/spill.ts';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { codeOf } from '../../shared/basics/failures.ts';
import { eraseById } from '../../shared/operate/erase-by-id.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import type { FoundMessage, PersonFound } from '../../shared/operate/find-person.ts';
import { searchQueue } from '../../shared/operate/search-queue.ts';
import { agree, type Consent } from './agree.ts';
import { choose } from './choose.ts';
import { sentTo, tellSent, tellUnsearched, warnOfWaiting } from './erase-notes.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { progressBar } from './progress-bar.ts';

/** `leads erase`: what the journal has under ids, and what of it still waits in the spill. */
export async function eraseLeads(ids: string[], consent: Consent, deps: LeadsToolDeps): Promise<ExitCode> {
	const { terminal } = deps;
	const chosen = await choose({ ids }, deps);
	const { messages, unsearched } = await searchSpill(ids, false, deps);
	const spilled = new Set(messages.map(({ leadId }) => leadId));
	const unknown = chosen.unknown.filter((id) => !spilled.has(id));
	for (const id of unknown) terminal.note(`${id}: there is nothing under this id in ${deps.where}`);
	const would = [
		...new Set([...chosen.leads.map(({ leadId }) => leadId), ...chosen.rejections.map(({ id }) => id), ...spilledIds(messages)]),
	];
	if (would.length === 0) {
		if (consent.json) await terminal.print(`${toJsonText({ erased: [], unsearched }, 2)}\n`);
		tellUnsearched(unsearched, deps);
		return exitCodes.failed;
	}
	warnOfWaiting(chosen, deps);
	const sent = sentTo(chosen.leads);
	const elsewhere = sent.length > 0 && { sentTo: sent };
	if (consent.dryRun) tellSent(sent, deps);
	const end = await agree('erase', { ...chosen, messages }, consent, deps);
	if (end !== undefined) {
		if (consent.json) await terminal.print(`${toJsonText({ would, dryRun: consent.dryRun, erased: [], ...elsewhere, unsearched }, 2)}\n`);
		return end;
	}
	// The spill first: what is not there any more is in the journal by now.
	const taken = messages.length > 0 ? await searchSpill(ids, true, deps) : { messages, unsearched };
	const erased = new Set(spilledIds(taken.messages));
	for (const [index, id] of would.entries()) {
		const { lead, rejection } = await eraseById(id, deps);
		if (lead || rejection) erased.add(id);
		terminal.progress(progressBar(index + 1, would.length));
	}
	const done = would.filter((id) => erased.has(id));
	if (consent.json) await terminal.print(`${toJsonText({ erased: done, ...elsewhere, unsearched: taken.unsearched }, 2)}\n`);
	else await terminal.print(`${done.length} erased from ${deps.where}\n`);
	terminal.note('Mails and CRM records that were made of them are not touched: erase them there.');
	tellSent(sent, deps);
	tellUnsearched(taken.unsearched, deps);
	return taken.unsearched.length > 0 ? exitCodes.failed : exitCodes.done;
}

const spilledIds = (messages: FoundMessage[]) => messages.flatMap(({ leadId }) => leadId ?? []);

/** What waits in the spill under these ids. */
async function searchSpill(
	ids: string[],
	take: boolean,
	{ queue, clock, deadline, pause, terminal }: LeadsToolDeps,
): Promise<{ messages: FoundMessage[]; unsearched: PersonFound['unsearched'] }> {
	const idOf = (text: string) => fromSpillMessage(text, clock())?.leadId ?? '';
	try {
		const { found, held } = await searchQueue(await queue(spillQueue), {
			wanted: (text) => ids.includes(idOf(text)),
			take,
			deadline: () => deadline(storageTimeoutMs.list),
			pause,
			onWait: (others) => terminal.progress(`waiting for the sweep, which holds ${others} spilled messages`),
		});
		terminal.progress('');
		return {
			messages: found.map((text) => ({ queue: spillQueue, leadId: idOf(text) })),
			unsearched: held > 0 ? [{ what: `${held} messages of the queue ${spillQueue}`, why: 'another process holds them' }] : [],
		};
	} catch (error) {
		return { messages: [], unsearched: [{ what: `the queue ${spillQueue}`, why: codeOf(error) }] };
	}
}
