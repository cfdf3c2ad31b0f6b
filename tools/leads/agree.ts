import type { Chosen } from './choose.ts';
import { count, leadsTable, rejectionsTable } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';

const mostShown = 20;

export interface Consent {
	dryRun: boolean;
	yes: boolean;
	json: boolean;
}

/**
 * Shows what a command is about to act on, with a count, and asks. `undefined`: go on; otherwise the exit code with which it ends: a dry run, a no, or
 * no one to ask.
 */
export async function agree(
	what: string,
	{ leads, rejections, messages = [] }: Chosen,
	{ dryRun, yes, json }: Consent,
	deps: LeadsToolDeps,
): Promise<ExitCode | undefined> {
	const { terminal } = deps;
	const number = [
		...(leads.length > 0 ? [count(leads.length, 'lead')] : []),
		...(rejections.length > 0 ? [count(rejections.length, 'rejected payload')] : []),
		...(messages.length > 0 ? [count(messages.length, 'queue message')] : []),
	].join(' and ');
	if (!json && !(yes && !dryRun)) {
		if (leads.length > 0) await terminal.print(leadsTable(leads.slice(0, mostShown), terminal.width));
		if (rejections.length > 0) await terminal.print(rejectionsTable(rejections.slice(0, mostShown), terminal.width));
		for (const { queue, leadId } of messages.slice(0, mostShown))
			await terminal.print(`queue ${queue}: ${leadId ?? 'a message without an id'}\n`);
		const more =
			Math.max(0, leads.length - mostShown) + Math.max(0, rejections.length - mostShown) + Math.max(0, messages.length - mostShown);
		if (more > 0) terminal.note(`… and ${more} more`);
	}
	if (dryRun) {
		terminal.note(`Dry run: would ${what} ${number} in ${deps.where}. Nothing was done.`);
		return exitCodes.done;
	}
	if (yes) return undefined;
	if (!terminal.confirm || json) {
		terminal.note(`Would ${what} ${number} in ${deps.where}. Nothing was done: add --yes to do it, or --dry-run to see it.`);
		return exitCodes.usage;
	}
	if (await terminal.confirm(`${what[0]?.toUpperCase()}${what.slice(1)} ${number} in ${deps.where}?`)) return undefined;
	terminal.note('Nothing was done.');
	return exitCodes.failed;
}
