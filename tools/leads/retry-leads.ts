import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { type Cooldown, cooldownReasons } from '../../shared/delivery/cooldown.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { JournaledLead } from '../../shared/journal/entries.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { type Retried, retryWaiting } from '../../shared/operate/retry-waiting.ts';
import { relativeText, timeText } from '../../shared/operate/time-words.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { printableLine } from './printable.ts';
import { progressBar } from './progress-bar.ts';

interface Wish {
	destination?: DestinationName | undefined;
	/** Without any, all that waits. */
	leadIds: string[];
	dryRun: boolean;
	json: boolean;
}

interface Refused {
	id: string;
	why: string;
}

/** `leads retry`: ends cooldowns, makes what waits due now, rings; says how many. */
export async function retryLeads({ destination, leadIds, dryRun, json }: Wish, deps: LeadsToolDeps): Promise<ExitCode> {
	const names = destination ? [destination] : [...deps.destinations];
	const { wanted, refused } =
		leadIds.length > 0 ? await chooseLeads([...new Set(leadIds)], names, deps) : { wanted: undefined, refused: [] };
	const chosen = names.filter((name) => !wanted || wanted.has(name));
	if (dryRun) return await preview(chosen, wanted, { refused, json }, deps);
	const done: Retried[] = [];
	for (const name of chosen) {
		const progress = (looked: number, total: number) => deps.terminal.progress(progressBar(looked, total));
		done.push(await retryWaiting({ destination: name, leadIds: wanted?.get(name), progress }, deps));
	}
	await tell(done, { refused, json }, deps);
	const helped = done.some(({ cooldown, due }) => due.length > 0 || (cooldown && cooldown.why !== 'heldBack'));
	return helped ? exitCodes.done : exitCodes.failed;
}

/** Which leads wait for which destination; of the others, why there is nothing to retry. */
async function chooseLeads(ids: string[], names: DestinationName[], deps: LeadsToolDeps) {
	const journal = await deps.journal();
	const wanted = new Map<DestinationName, string[]>();
	const refused: Refused[] = [];
	for (const id of ids) {
		const lead = await journal.find(id, deps.deadline(storageTimeoutMs.list));
		const waiting = names.filter((name) => lead?.deliveries[name]?.state === 'pending');
		for (const name of waiting) wanted.set(name, [...(wanted.get(name) ?? []), id]);
		if (waiting.length === 0) refused.push({ id, why: lead ? whyNot(lead, names) : `there is no lead under this id in ${deps.where}` });
	}
	return { wanted, refused };
}

function whyNot({ leadId, deliveries, undecided }: JournaledLead, names: DestinationName[]): string {
	const whys = names.flatMap((name) => {
		const state = deliveries[name]?.state;
		if (!state) return [];
		const hint = state === 'parked' ? `: npm run leads -- replay ${leadId} --destination ${name}` : '';
		return [`the delivery to ${name} is ${state}, it does not wait${hint}`];
	});
	return whys.join('; ') || (undecided ? 'it is undecided where it goes: see LEAD_DESTINATIONS' : 'there is no such delivery');
}

async function preview(
	names: DestinationName[],
	wanted: Map<DestinationName, string[]> | undefined,
	{ refused, json }: { refused: Refused[]; json: boolean },
	{ journal, clock, deadline, terminal, where }: LeadsToolDeps,
): Promise<ExitCode> {
	const table = await journal();
	const would = [];
	for (const destination of names) {
		const cooldown = (await table.readCooldown(destination, deadline(storageTimeoutMs.list)))?.cooldown;
		const all = { until: Number.MAX_SAFE_INTEGER, most: 100_000 };
		const many = wanted?.get(destination)?.length ?? (await table.tickets(destination, all, deadline(storageTimeoutMs.list))).length;
		would.push({ destination, ...(cooldown && cooldown.until > clock() && { cooldown: cooldownRecord(cooldown) }), deliveries: many });
	}
	if (json) await terminal.print(`${toJsonText({ would, dryRun: true, refused }, 2)}\n`);
	else {
		for (const { destination, cooldown, deliveries } of would)
			await terminal.print(
				`${destination}: ${count(deliveries, 'delivery')} would be tried now${cooldown ? `; its cooldown lasts until ${cooldown.until} (${cooldown.code})` : ''}\n`,
			);
		for (const { id, why } of refused) terminal.note(`${id}: ${printableLine(why)}`);
		terminal.note(`Dry run in ${where}: nothing was done.`);
	}
	return exitCodes.done;
}

const cooldownRecord = ({ until, why, code }: Cooldown) => ({ until: new Date(until).toISOString(), why, code });

async function tell(done: Retried[], { refused, json }: { refused: Refused[]; json: boolean }, deps: LeadsToolDeps): Promise<void> {
	const { terminal, clock } = deps;
	const left = done.flatMap(({ destination, left }) => left.map(({ leadId, why }) => ({ id: leadId, why: leftWords(destination, why) })));
	if (json) {
		const retried = done.map(({ destination, cooldown, due, rung, failed }) => ({
			destination,
			...(cooldown && (cooldown.why === 'heldBack' ? { heldBack: cooldownRecord(cooldown) } : { endedCooldown: cooldownRecord(cooldown) })),
			due,
			rung,
			...(failed && { bell: failed }),
		}));
		return terminal.print(`${toJsonText({ retried, refused: [...refused, ...left] }, 2)}\n`);
	}
	for (const { id, why } of [...refused, ...left]) terminal.note(`${id}: ${printableLine(why)}`);
	for (const { destination, cooldown, due, rung, failed } of done) {
		const ended = cooldown && cooldown.why !== 'heldBack';
		if (cooldown)
			await terminal.print(
				`${destination}: ${ended ? 'its cooldown is ended' : 'it still cools down'} (until ${timeText(cooldown.until)}, ${relativeText(cooldown.until, clock())}): ${cooldownReasons[cooldown.why] ?? printableLine(cooldown.why)} (${printableLine(cooldown.code)})\n`,
			);
		if (due.length > 0)
			await terminal.print(
				`${destination}: ${count(due.length, 'delivery')} ${due.length === 1 ? 'is' : 'are'} due now${ended && due.length > rung.length ? '; one is tried first, the others follow when it succeeds' : ''}\n`,
			);
		if (failed) terminal.note(`A bell could not be rung (${failed}): the sweep rings what is due within some minutes.`);
	}
	if (done.every(({ cooldown, due }) => !cooldown && due.length === 0) && refused.length + left.length === 0)
		terminal.note('Nothing is waiting.');
}

function leftWords(destination: DestinationName, why: Retried['left'][number]['why']): string {
	switch (why) {
		case 'under way':
			return `an attempt to deliver it to ${destination} is under way`;
		case 'may have been sent':
			return `its last attempt may have been sent to ${destination}: it waits longer, so that it does not come twice; name its id to retry it anyway`;
		case 'unknown':
			return 'is gone';
		case 'no such delivery':
			return `there is no delivery to ${destination}`;
		default:
			return `the delivery to ${destination} is ${why}`;
	}
}
