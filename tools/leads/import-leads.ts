import { journalReceipt } from '../../shared/accept/journal-receipt.ts';
import { readReceipt } from '../../shared/accept/read-receipt.ts';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { type FileLead, payloadType } from '../reconcile/file-leads.ts';
import type { Consent } from './agree.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { progressBar } from './progress-bar.ts';

/** So many rows are written at a time. */
const atOnce = 8;

interface ImportReport {
	dryRun: boolean;
	imported: string[];
	/** Rows that say the same as a lead that is there, within its dedupe window. */
	duplicates: string[];
}

/**
 * Writes leads of a file into the journal as the intake writes what is posted: the same reading, the same transaction. The app's own sweep decides where they
 * go, because only the app knows its settings. A lead that was imported before is there under the same id, so an import that broke off is simply run again.
 */
export async function importLeads(
	leads: FileLead[],
	{ journalOnly, left }: { journalOnly: boolean; left: number },
	{ dryRun, yes, json }: Consent,
	deps: LeadsToolDeps,
): Promise<{ exitCode: ExitCode; report: ImportReport }> {
	const { terminal } = deps;
	const report: ImportReport = { dryRun, imported: [], duplicates: [] };
	const end = (exitCode: ExitCode) => ({ exitCode, report });
	if (leads.length === 0) {
		terminal.note('Nothing is to be imported.');
		return end(left > 0 ? exitCodes.failed : exitCodes.done);
	}
	const effect = journalOnly
		? 'for the journal only: no one is told of them'
		: 'the app delivers them as it delivers what is posted, mails included';
	const what = `${count(leads.length, 'lead')} into ${deps.where} (${effect})`;
	if (dryRun) {
		terminal.note(`Dry run: would import ${what}. Nothing was done.`);
		return end(exitCodes.done);
	}
	if (!yes) {
		if (!terminal.confirm || json) {
			terminal.note(`Would import ${what}. Nothing was done: add --yes to do it, or --dry-run to see it.`);
			return end(exitCodes.usage);
		}
		if (!(await terminal.confirm(`Import ${what}?`))) {
			terminal.note('Nothing was done.');
			return end(exitCodes.failed);
		}
	}
	await writeAll(leads, journalOnly, report, deps);
	const { imported, duplicates } = report;
	if (!json)
		await terminal.print(`${imported.length} imported${duplicates.length > 0 ? `, ${duplicates.length} were there already` : ''}\n`);
	if (imported.length > 0 && !journalOnly)
		terminal.note(
			'The next sweeps (500 leads each) decide where they go. They are old, so the alert "pending" may be raised until they are delivered.',
		);
	return end(left > 0 ? exitCodes.failed : exitCodes.done);
}

async function writeAll(leads: FileLead[], journalOnly: boolean, report: ImportReport, deps: LeadsToolDeps): Promise<void> {
	const { terminal, clock, deadline } = deps;
	// Everything deliverable: the sweep applies the app's own policies.
	const settings = readSettings({ LEAD_TEST_POLICY: 'deliver', LEAD_DNC_POLICY: 'deliver' });
	const journal = await deps.journal();
	const waiting = leads.values();
	const write = async () => {
		for (const { payload, leadId, receivedAt } of waiting) {
			const receipt = { leadId, receivedAt, payload, contentType: payloadType, imported: { at: clock(), journalOnly } };
			const taken = await journalReceipt(receipt, readReceipt(receipt), { journal, settings }, deadline(storageTimeoutMs.list));
			if (taken.status === 'rejected') throw new Error(`the row of lead ${leadId} was read before, and cannot be read now`);
			(taken.status === 'accepted' ? report.imported : report.duplicates).push(taken.leadId);
			terminal.progress(progressBar(report.imported.length + report.duplicates.length, leads.length, 'imported'));
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: atOnce }, write));
	terminal.progress('');
	const failed = ends.find((end) => end.status === 'rejected');
	if (!failed) return;
	terminal.note(`${report.imported.length} of ${leads.length} were imported. Run the same command again: these are in both then.`);
	throw failed.reason;
}
