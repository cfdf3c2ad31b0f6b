import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { kindOf } from '../shared/delivery/destination-kind.ts';
import type { Deliveries, ListedLead } from '../shared/journal/entries.ts';
import { hasEnded } from '../shared/journal/entries.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Services } from '../shared/services.ts';
import { mostPerRun, type SweepDeps } from './sweep-deps.ts';

/** How far a run reads on over leads that must stay, to find those behind them. */
const mostPages = 10;

/** Where the last run stopped, by journal: a lead id. Lost with the worker, which costs a run that begins at the front again. */
const continueAfter = new WeakMap<Services['journal'], string>();

/**
 * Erases what is over its retention: leads that have ended, and rejected payloads; for a destination that no setting names any more no lead is kept. Leads that wait for something or someone stay and are complained about
 * in each run, so that an alert repeats until someone has fixed, replayed, closed or erased. Rejected payloads go whether or not a person has closed them:
 * nothing was promised for them, they were alerted to all that time, and who can post could otherwise fill the journal for ever. Nothing is erased while
 * the retention itself is a setting that cannot be read: a default in its place could be shorter than what was meant. How many were erased.
 */
export async function purgeExpired(deps: SweepDeps): Promise<number> {
	const { settings, clock, journal, log } = deps;
	if (settings.issues.some(({ setting }) => setting === 'LEAD_RETENTION')) return 0;
	const until = clock() - settings.retentionMs;
	const table = await journal();
	const { erased, kept } = await purgeLeads(table, until, deps);
	const { rejected, unseen } = await purgeRejections(table, until, deps);
	if (erased + rejected > 0)
		log({ event: 'journal.purged', level: unseen > 0 ? 'warn' : 'info', leads: erased, rejected, unseenRejected: unseen });
	if (kept > 0) log({ event: 'retention.exceeded', level: 'error', leads: kept });
	return erased + rejected;
}

async function purgeLeads(
	table: Journal,
	until: number,
	{ settings, clock, deadline, journal, over }: SweepDeps,
): Promise<{ erased: number; kept: number }> {
	let erased = 0;
	let kept = 0;
	let after = continueAfter.get(journal);
	try {
		for (let pages = 0; pages < mostPages && erased < mostPerRun && !over.aborted; pages++) {
			const span = { since: 0, until, ...(after !== undefined && { after }) };
			const { items, next } = await table.leads(span, { most: mostPerRun - erased, payloads: true }, deadline(storageTimeoutMs.step));
			for (const lead of items) {
				if (over.aborted) return { erased, kept };
				// Before it is tried: a lead that cannot be erased blocks none behind it.
				after = lead.leadId;
				if (!hasEnded({ ...lead, deliveries: stillMeant(lead.deliveries, settings) })) kept++;
				else if ((await table.erase(lead, clock(), deadline(storageTimeoutMs.step), await under(lead))) === 'erased') erased++;
			}
			after = next;
			if (after === undefined) break;
		}
	} finally {
		if (after === undefined) continueAfter.delete(journal);
		else continueAfter.set(journal, after);
	}
	return { erased, kept };
}

/** Without those to destinations that no setting names any more: they can never end, and have been complained about all that time. */
const stillMeant = (deliveries: Deliveries, { kinds }: Pick<SweepDeps['settings'], 'kinds'>): Deliveries =>
	Object.fromEntries(Object.entries(deliveries).filter(([name]) => kindOf(kinds, name)));

/** What a lead is counted under; loaded here only, because it needs the names of countries. */
const under = async (lead: ListedLead) => (await import('../shared/operate/lead-facets.ts')).countedUnder(lead);

async function purgeRejections(table: Journal, until: number, { deadline }: SweepDeps): Promise<{ rejected: number; unseen: number }> {
	const { items } = await table.rejections({ since: 0, until }, { most: mostPerRun }, deadline(storageTimeoutMs.step));
	await table.eraseRejections(items, () => deadline(storageTimeoutMs.step));
	return { rejected: items.length, unseen: items.filter(({ closedAt }) => closedAt === undefined).length };
}
