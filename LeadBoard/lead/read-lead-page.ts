import { leadOf } from '../../shared/accept/read-receipt.ts';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import type { Cooldown } from '../../shared/delivery/cooldown.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import type { JournaledLead, JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import { payloadText } from '../../shared/journal/entries.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { whyNotSent } from '../../shared/operate/send-lead.ts';
import type { BoardDeps } from '../board-deps.ts';
import { isRemoved } from '../board-destinations.ts';

/** All that there is under an id. */
export interface LeadView {
	now: number;
	lead?: JournaledLead;
	/** What its payload says; undefined when this version cannot read it. */
	said?: Lead;
	/** A payload that could not be read as a lead, closed or not. */
	rejection?: JournaledRejection;
	/** As it was posted; JSON over several lines. */
	payload: string;
	cooldowns: Record<DestinationName, Cooldown>;
	/** Where it can be sent besides. */
	sendTo: DestinationName[];
	/** Those of its destinations that no setting names any more. */
	removed: DestinationName[];
	/** The latest other leads with the same e-mail address, newest first. */
	others: ListedLead[];
	/** How many others there are. */
	otherCount: number;
}

const mostOthers = 10;

/** Reads a lead, or a rejected payload; undefined when there is neither. */
export async function readLeadPage(id: string, { journal, deadline, clock, settings }: BoardDeps): Promise<LeadView | undefined> {
	const table = await journal();
	const signal = () => deadline(storageTimeoutMs.step);
	const [lead, rejection] = await Promise.all([table.find(id, signal()), table.findRejection(id, signal())]);
	if (!lead && !rejection) return undefined;
	const now = clock();
	const pending = Object.entries(lead?.deliveries ?? {}).flatMap(([name, { state }]) =>
		state === 'pending' && !isRemoved(name, settings) ? [name] : [],
	);
	const cooldowns = await Promise.all(
		pending.map(async (name) => ({ name, cooldown: (await table.readCooldown(name, signal()))?.cooldown })),
	);
	const ids = lead?.person ? (await table.leadsOfPerson(lead.person, signal())).filter((other) => other !== id).reverse() : [];
	const others = await Promise.all(ids.slice(0, mostOthers).map((other) => table.find(other, signal())));
	const said = lead && leadOf(lead);
	return {
		now,
		...(lead && { lead }),
		...(said && { said }),
		...(rejection && { rejection }),
		payload: pretty(payloadText(lead ?? rejection ?? {})),
		cooldowns: Object.fromEntries(cooldowns.flatMap(({ name, cooldown }) => (cooldown && cooldown.until > now ? [[name, cooldown]] : []))),
		sendTo: lead ? namesOf(settings.kinds).filter((name) => whyNotSent(lead, name) === undefined) : [],
		removed: Object.keys(lead?.deliveries ?? {}).filter((name) => isRemoved(name, settings)),
		others: others.filter((other) => other !== undefined),
		otherCount: ids.length,
	};
}

function pretty(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), undefined, 2);
	} catch {
		return text; // not JSON: as it is
	}
}
