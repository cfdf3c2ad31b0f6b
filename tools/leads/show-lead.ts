import { leadOf } from '../../shared/accept/read-receipt.ts';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { JournaledLead, JournaledRejection } from '../../shared/journal/entries.ts';
import { payloadText } from '../../shared/journal/entries.ts';
import type { Journal } from '../../shared/journal/journal.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';
import { leadReference } from '../../shared/lead/lead-words.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { leadFacts, marksOf, toRecord, toRejectionRecord } from '../../shared/operate/lead-record.ts';
import { relativeText, timeText } from '../../shared/operate/time-words.ts';
import { deliveryLines } from './delivery-lines.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { printable, printableLine } from './printable.ts';

interface Shown {
	json: boolean;
	payload: boolean;
}

/** `leads show`: one lead, or one rejected payload, with all that happened to it. */
export async function showLead(id: string, { json, payload }: Shown, deps: LeadsToolDeps): Promise<ExitCode> {
	const { terminal } = deps;
	const journal = await deps.journal();
	const lead = isLeadId(id) ? await journal.find(id, deps.deadline(storageTimeoutMs.list)) : undefined;
	const rejection = isLeadId(id) ? await journal.findRejection(id, deps.deadline(storageTimeoutMs.list)) : undefined;
	if (!lead && !rejection) {
		terminal.note(`There is no lead ${printableLine(id)} in ${deps.where}: never accepted here, or erased.`);
		return exitCodes.failed;
	}
	const text = payloadText(lead ?? rejection ?? {});
	if (json) {
		const record = {
			...(lead && { ...toRecord(lead), lead: leadOf(lead) }),
			...(rejection && { rejection: toRejectionRecord(rejection) }),
			...(payload && { payload: text }),
		};
		await terminal.print(`${toJsonText(record, 2)}\n`);
		return exitCodes.done;
	}
	const lines = [
		...(lead ? await leadLines(lead, journal, deps) : []),
		...(rejection ? rejectionLines(rejection, deps.clock()) : []),
		...(payload
			? [
					'',
					'Payload',
					...printable(pretty(text))
						.split('\n')
						.map((line) => `    ${line}`),
				]
			: []),
	];
	await terminal.print(`${lines.join('\n')}\n`);
	return exitCodes.done;
}

const unreadable: [string, string][] = [['Message', 'this version cannot read its payload (see --payload)']];

async function leadLines(journaled: JournaledLead, journal: Journal, deps: LeadsToolDeps): Promise<string[]> {
	const now = deps.clock();
	const lead = leadOf(journaled);
	const { leadId, receivedAt, receipts, latestReceiptAt, importedAt, journalOnly, undecided } = journaled;
	const latest = latestReceiptAt === undefined ? '' : `, the latest ${timeText(latestReceiptAt)}`;
	const special = marksOf({ ...journaled, receipts: 1, undecided: false }).join(', ');
	const lines = [
		...facts([
			['Lead', leadId],
			['Reference', `#${leadReference(leadId)}`],
			['Received', `${timeText(receivedAt)} UTC (${relativeText(receivedAt, now)})`],
			['Imported', importedAt === undefined ? undefined : `${timeText(importedAt)} UTC, from a file: it had not been posted here`],
			['Receipts', receipts > 1 ? `${receipts}: the first and ${receipts - 1} with the same content${latest}` : '1'],
			...(lead ? leadFacts(lead) : unreadable),
			['Marks', special],
		]),
		'',
	];
	if (undecided)
		lines.push('undecided: LEAD_DESTINATIONS is missing or names something unknown; the sweep decides when the setting is fixed');
	if (journalOnly) lines.push(`no delivery: for the journal only (${printableLine(journalOnly)})`);
	const arrived = Object.keys(journaled.deliveries).filter((name) => journaled.deliveries[name]?.state === 'delivered');
	const recordUrl = deps.recordUrl?.(leadId, arrived);
	if (recordUrl) lines.splice(-1, 0, ...facts([['Record', recordUrl]]));
	for (const [name, delivery] of Object.entries(journaled.deliveries))
		lines.push(...deliveryLines(name, delivery, { leadId, now, cooldown: await cooldownOf(name, delivery, journal, deps) }));
	return lines;
}

async function cooldownOf(name: DestinationName, { state }: Delivery, journal: Journal, { deadline }: LeadsToolDeps) {
	return state === 'pending' ? (await journal.readCooldown(name, deadline(storageTimeoutMs.list)))?.cooldown : undefined;
}

function rejectionLines(
	{ id, receivedAt, status, issues, closedAt, closedBy, closedNote, contentType, contentEncoding }: JournaledRejection,
	now: number,
): string[] {
	return [
		...facts([
			['Rejected', id],
			['Received', `${timeText(receivedAt)} UTC (${relativeText(receivedAt, now)}), answered ${status}`],
			['Type', contentType && printableLine(contentType)],
			['Encoding', contentEncoding && printableLine(contentEncoding)],
			[
				'Closed',
				closedAt === undefined
					? 'no: npm run leads -- replay (reads it again) or close'
					: `${timeText(closedAt)} UTC${closedBy === undefined ? '' : `, on the board by ${printableLine(closedBy)}`}`,
			],
			['Note', closedNote === undefined ? undefined : printableLine(closedNote)],
		]),
		...issues.map((issue) => `    ${printableLine(issueText(issue))}`),
	];
}

const facts = (pairs: [string, string | undefined][]) =>
	pairs.flatMap(([name, value]) => (value ? [`${name.padEnd(10)}${printable(value).replaceAll('\n', `\n${' '.repeat(10)}`)}`] : []));

/** JSON over several lines; anything else as it is. */
function pretty(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), undefined, 2);
	} catch {
		return text; // not JSON
	}
}
