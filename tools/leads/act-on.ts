import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import type { Stepped, Which } from '../../shared/operate/step-deliveries.ts';
import { agree, type Consent } from './agree.ts';
import { type Chosen, choose } from './choose.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { printableLine } from './printable.ts';
import { progressBar } from './progress-bar.ts';

export type Target = { ids: string[] } | { filter: Filter; limit?: number | undefined };

/** A command that acts on deliveries and on rejected payloads. */
export interface Action {
	verb: string;
	done: string;
	/** Whether a delivery, as it was read, can be acted on. */
	possible: (delivery: Delivery) => boolean;
	/** For a command that acts on leads as a whole: what keeps one from it, `''` when it is not worth a word; undefined when nothing does. */
	possibleLead?: (lead: ListedLead) => string | undefined;
	lead: (leadId: string) => Promise<(Stepped & { bell?: string }) | undefined>;
	/** Completes "the delivery to crm …". */
	refusal: (why: Delivery['state'], delivery: { leadId: string; destination: DestinationName }) => string;
	rejection: (rejection: JournaledRejection) => Promise<{ ok: true; as: string } | { ok: false; why: string }>;
}

interface Wish {
	target: Target;
	which: Which;
	consent: Consent;
	action: Action;
}

interface Report {
	leads: { leadId: string; deliveries: DestinationName[]; bell?: string }[];
	rejections: { id: string; as: string }[];
	refused: { id: string; why: string }[];
}

/** Chooses, shows and asks, acts on one after the other, tells what was done. */
export async function actOn({ target, which, consent, action }: Wish, deps: LeadsToolDeps): Promise<ExitCode> {
	const chosen = await choose(target, deps);
	const report: Report = { leads: [], rejections: [], refused: [] };
	for (const id of chosen.unknown) report.refused.push({ id, why: `there is nothing under this id in ${deps.where}` });
	const possible = { ...chosen, leads: chosen.leads.filter((lead) => isPossible(lead, which, action, report)) };
	const total = possible.leads.length + possible.rejections.length;
	if (total > 0) {
		const end = await agree(action.verb, possible, consent, deps);
		if (end === undefined) await act(possible, action, report, deps);
		else if (!consent.json) return end;
		else {
			await tell(
				report,
				{ ...consent, would: [...possible.leads.map(({ leadId }) => leadId), ...possible.rejections.map(({ id }) => id)] },
				action,
				deps,
			);
			return end;
		}
	}
	await tell(report, consent, action, deps);
	return report.leads.length + report.rejections.length > 0 ? exitCodes.done : exitCodes.failed;
}

/** A lead of which nothing can be acted on is refused before anyone is asked. */
function isPossible(lead: ListedLead, { destination, state }: Which, action: Action, report: Report): boolean {
	if (action.possibleLead) {
		const why = action.possibleLead(lead);
		if (why) report.refused.push({ id: lead.leadId, why });
		return why === undefined;
	}
	const wanted = (Object.entries(lead.deliveries) as [DestinationName, Delivery][]).filter(
		([name, delivery]) => (!destination || name === destination) && (!state || delivery.state === state),
	);
	if (wanted.some(([, delivery]) => action.possible(delivery))) return true;
	const whys = wanted.map(
		([name, delivery]) => `the delivery to ${name} ${action.refusal(delivery.state, { leadId: lead.leadId, destination: name })}`,
	);
	report.refused.push({
		id: lead.leadId,
		why: whys.join('; ') || (lead.undecided ? 'it is undecided where it goes' : 'there is no such delivery'),
	});
	return false;
}

async function act({ leads, rejections }: Chosen, action: Action, report: Report, { terminal }: LeadsToolDeps): Promise<void> {
	const total = leads.length + rejections.length;
	let done = 0;
	const progress = () => terminal.progress(progressBar(++done, total));
	for (const { leadId } of leads) {
		const stepped = await action.lead(leadId);
		if (!stepped) report.refused.push({ id: leadId, why: 'is gone' });
		else if (stepped.moved.length > 0)
			report.leads.push({ leadId, deliveries: stepped.moved, ...(stepped.bell !== undefined && { bell: stepped.bell }) });
		for (const { destination, why } of stepped?.moved.length === 0 ? stepped.refused : [])
			report.refused.push({ id: leadId, why: `the delivery to ${destination} ${action.refusal(why, { leadId, destination })}` });
		progress();
	}
	for (const rejection of rejections) {
		const result = await action.rejection(rejection);
		if (result.ok) report.rejections.push({ id: rejection.id, as: result.as });
		else report.refused.push({ id: rejection.id, why: result.why });
		progress();
	}
}

async function tell(
	report: Report,
	{ json, dryRun, would }: Consent & { would?: string[] },
	{ done }: Action,
	{ terminal }: LeadsToolDeps,
): Promise<void> {
	const { leads, rejections, refused } = report;
	if (json) return terminal.print(`${toJsonText({ ...(would && { would }), dryRun, [done]: leads, rejections, refused }, 2)}\n`);
	for (const { id, as } of rejections) await terminal.print(`${id}: ${as}\n`);
	for (const { id, why } of refused) terminal.note(`${id}: ${printableLine(why)}`);
	const deliveries = leads.reduce((sum, lead) => sum + lead.deliveries.length, 0);
	if (leads.length > 0) await terminal.print(`${count(deliveries, 'delivery')} of ${count(leads.length, 'lead')} ${done}\n`);
	if (leads.some(({ bell }) => bell !== undefined && bell !== 'rung'))
		terminal.note('Not every bell could be rung: the sweep rings what is due within some minutes.');
	if (leads.length + rejections.length + refused.length === 0) terminal.note('Nothing matches.');
}
