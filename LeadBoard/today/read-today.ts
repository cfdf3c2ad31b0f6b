import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import type { Cooldown } from '../../shared/delivery/cooldown.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';
import type { Ticket, TicketList } from '../../shared/journal/journal.ts';
import type { SettingIssue } from '../../shared/settings/settings.ts';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations, isRemoved } from '../board-destinations.ts';

/** A number that is counted up to a limit. */
export interface Count {
	count: number;
	/** There are more than were counted. */
	more: boolean;
}

/** What is going on, for the first page. Times are milliseconds since the epoch. */
export interface Today {
	now: number;
	/** The leads of the last 24 hours, by what is most urgent about each. */
	lastDay: Record<Standing | 'received', number> & { more: boolean };
	destinations: {
		name: DestinationName;
		/** No setting names it any more. */
		isRemoved: boolean;
		waiting: Count;
		/** When the oldest lead that waits was received. */
		oldest?: number;
		cooldown?: Cooldown;
	}[];
	parked: Count;
	undecided: Count;
	rejected: Count;
	/** When the latest lead was received. */
	latest?: number;
	/** Settings that are wrong. */
	issues: SettingIssue[];
}

export type Standing = 'parked' | 'waiting' | 'delivered' | 'kept';

/** What waits is counted up to this; a page says `1,000+` beyond it. */
const mostCounted = 1000;
const dayMs = 86_400_000;

/** Reads what the first page shows, side by side: as many requests as there are lists, none of which grows with the number of leads stored. */
export async function readToday(deps: BoardDeps): Promise<Today> {
	const { settings, clock, deadline, journal } = deps;
	const table = await journal();
	const now = clock();
	const names = await allDestinations(deps);
	// Each its own: a signal that many wait for warns of a leak.
	const signal = () => deadline(storageTimeoutMs.step);
	const ticketsOf = (list: TicketList) => table.tickets(list, { until: Number.MAX_SAFE_INTEGER, most: mostCounted }, signal());
	const [recent, latest, parked, undecided, rejected, waiting, cooldowns] = await Promise.all([
		table.leads({ since: now - dayMs, until: now }, { most: mostCounted }, signal()),
		table.latest(signal()),
		ticketsOf('parked'),
		ticketsOf('undecided'),
		ticketsOf('rejected'),
		Promise.all(names.map(ticketsOf)),
		Promise.all(names.map((name) => table.readCooldown(name, signal()))),
	]);
	return {
		now,
		lastDay: { ...countStandings(recent.items), more: recent.next !== undefined },
		destinations: names.flatMap((name, index) => {
			const tickets = waiting[index] ?? [];
			const cooldown = cooldowns[index]?.cooldown;
			// Of what no setting names any more, only what waits is of interest.
			if (isRemoved(name, settings) && tickets.length === 0) return [];
			const destination = {
				name,
				isRemoved: isRemoved(name, settings),
				waiting: toCount(tickets),
				...(tickets.length > 0 && { oldest: Math.min(...tickets.map(({ receivedAt }) => receivedAt)) }),
				...(cooldown && cooldown.until > now && { cooldown }),
			};
			return [destination];
		}),
		parked: toCount(parked),
		undecided: toCount(undecided),
		rejected: toCount(rejected),
		...(latest !== undefined && { latest }),
		issues: settings.issues,
	};
}

const toCount = (tickets: Ticket[]): Count => ({ count: tickets.length, more: tickets.length >= mostCounted });

/** What is most urgent about a lead. `kept`: for the journal alone. */
export function standingOf({ undecided, deliveries }: Pick<ListedLead, 'undecided' | 'deliveries'>): Standing {
	const states = Object.values(deliveries).map(({ state }) => state);
	if (states.includes('parked') || states.includes('unreadable')) return 'parked';
	if (undecided || states.includes('pending')) return 'waiting';
	return states.length > 0 ? 'delivered' : 'kept';
}

function countStandings(leads: ListedLead[]): Record<Standing | 'received', number> {
	const counts = { received: leads.length, parked: 0, waiting: 0, delivered: 0, kept: 0 };
	for (const lead of leads) counts[standingOf(lead)]++;
	return counts;
}
