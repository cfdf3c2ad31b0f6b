import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { isRepeatable } from '../../shared/delivery/destination-kind.ts';
import type { JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import { whyNotSent } from '../../shared/operate/send-lead.ts';
import type { BoardDeps } from '../board-deps.ts';
import { blockedBy, isRemoved } from '../board-destinations.ts';
import { isPossible, type Wish } from './act.ts';

/** What is about to be done, for whoever confirms it. */
export interface Plan {
	/** Frozen: what is confirmed is what was shown, whatever the filter would find by then. */
	ids: string[];
	leads: ListedLead[];
	rejections: JournaledRejection[];
	/** When the oldest and the newest were received. */
	oldest: number;
	newest: number;
	/** How many deliveries to each destination. */
	deliveries: Record<string, number>;
	/** How many of them may come twice at a destination that cannot tell. */
	mayDouble: number;
	/** Where what is queued waits until a setting is right, and why. */
	held: string[];
	/** Ids with which nothing can be done. */
	left: number;
}

const atOnce = 16;

/** Looks at what was chosen, and leaves out what the action does nothing with. */
export async function planActs(wish: Wish, { settings, clock, deadline, journal }: BoardDeps): Promise<Plan> {
	const table = await journal();
	const now = clock();
	const plan: Plan = { ids: [], leads: [], rejections: [], oldest: now, newest: 0, deliveries: {}, mayDouble: 0, held: [], left: 0 };
	const look = async (id: string) => {
		const lead = await table.find(id, deadline(storageTimeoutMs.step));
		return { id, lead, rejection: lead ? undefined : await table.findRejection(id, deadline(storageTimeoutMs.step)) };
	};
	for (let at = 0; at < wish.ids.length; at += atOnce)
		for (const { id, lead, rejection } of await Promise.all(wish.ids.slice(at, at + atOnce).map(look))) {
			const possible = Object.entries(lead?.deliveries ?? {}).filter(
				([name, delivery]) =>
					(wish.destination === undefined || name === wish.destination) &&
					isPossible(delivery, wish, { now, waiting: name === wish.destination && isRemoved(name, settings) }),
			);
			const isSent = lead !== undefined && wish.to !== undefined && whyNotSent(lead, wish.to) === undefined;
			const isOpen =
				rejection &&
				(wish.action === 'erase' || ((wish.action === 'replay' || wish.action === 'close') && rejection.closedAt === undefined));
			if (!isOpen && !isSent && possible.length === 0 && !(lead && wish.action === 'erase')) {
				plan.left++;
				continue;
			}
			plan.ids.push(id);
			if (lead) plan.leads.push(lead);
			if (rejection) plan.rejections.push(rejection);
			const { receivedAt } = lead ?? rejection ?? { receivedAt: now };
			plan.oldest = Math.min(plan.oldest, receivedAt);
			plan.newest = Math.max(plan.newest, receivedAt);
			if (isSent && wish.to !== undefined) plan.deliveries[wish.to] = (plan.deliveries[wish.to] ?? 0) + 1;
			for (const [name, { state, recent }] of possible) {
				plan.deliveries[name] = (plan.deliveries[name] ?? 0) + 1;
				const mayHaveIt = state === 'delivered' || recent.some(({ maybeDone }) => maybeDone === true);
				if (wish.action !== 'close' && wish.action !== 'erase' && mayHaveIt && !isRepeatable(settings.kinds, name)) plan.mayDouble++;
			}
		}
	if (wish.action !== 'close' && wish.action !== 'erase')
		for (const name of Object.keys(plan.deliveries)) {
			const settingNames = blockedBy(name, settings);
			if (isRemoved(name, settings)) plan.held.push(`No setting names ${name} any more: they wait until one does.`);
			else if (settingNames.length > 0)
				plan.held.push(`${settingNames.join(', ')} must be fixed first: what goes to ${name} waits for it.`);
		}
	return plan;
}
