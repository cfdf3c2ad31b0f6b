import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import { agree, type Consent } from './agree.ts';
import { choose } from './choose.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { progressBar } from './progress-bar.ts';

/** Erased between two steps of the progress bar. */
const atOnce = 49;

/**
 * `leads erase --state rejected`: rejected payloads of a time, closed or not. What became a lead by a replay stays a lead.
 *
 * @param limit At most so many, the newest.
 */
export async function eraseRejected(
	{ filter, limit }: { filter: Filter; limit?: number | undefined },
	consent: Consent,
	deps: LeadsToolDeps,
): Promise<ExitCode> {
	const { terminal, deadline } = deps;
	const chosen = await choose({ filter, limit, closed: true }, deps);
	const { rejections } = chosen;
	const ids = rejections.map(({ id }) => id);
	if (ids.length === 0) {
		terminal.note('Nothing matches.');
		if (consent.json) await terminal.print(`${toJsonText({ erased: [] }, 2)}\n`);
		return exitCodes.failed;
	}
	const end = await agree('erase', chosen, consent, deps);
	if (end !== undefined) {
		if (consent.json) await terminal.print(`${toJsonText({ would: ids, dryRun: consent.dryRun, erased: [] }, 2)}\n`);
		return end;
	}
	const journal = await deps.journal();
	for (let done = 0; done < rejections.length; ) {
		const some = rejections.slice(done, done + atOnce);
		await journal.eraseRejections(some, () => deadline(storageTimeoutMs.list));
		done += some.length;
		terminal.progress(progressBar(done, rejections.length, 'rejected payloads'));
	}
	if (consent.json) await terminal.print(`${toJsonText({ erased: ids }, 2)}\n`);
	else await terminal.print(`${count(ids.length, 'rejected payload')} erased from ${deps.where}\n`);
	return exitCodes.done;
}
