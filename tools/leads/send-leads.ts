import { didYouMean } from '../../shared/basics/did-you-mean.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { settingBehind } from '../../shared/delivery/destination-kind.ts';
import { destinationGroups } from '../../shared/destinations/destination-kinds.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import { mostRung, sendLead, whyNotSent } from '../../shared/operate/send-lead.ts';
import { actOn } from './act-on.ts';
import type { Consent } from './agree.ts';
import type { ExitCode, LeadsToolDeps } from './leads-tool-deps.ts';
import { UsageError } from './usage-error.ts';

/** `leads send`: leads get a delivery to a destination that they did not go to. Whether the app's settings name it is not known here. */
export async function sendLeads(
	to: DestinationName,
	target: { filter: Filter; limit?: number | undefined },
	consent: Consent,
	deps: LeadsToolDeps,
): Promise<ExitCode> {
	const { destinations, terminal } = deps;
	const setting = settingBehind(destinationGroups, to);
	if (!destinations.includes(to)) {
		if (setting === undefined) throw new UsageError(`--to takes ${destinations.join(', ')}, or webhook:NAME (small letters and digits).`);
		const meant = didYouMean(to, destinations);
		terminal.note(`No lead went to ${to} yet${meant ? ` (did you mean ${meant}?)` : ''}. Leads wait there until the app has ${setting}.`);
	}
	let rung = 0;
	return actOn(
		{
			target,
			which: {},
			consent,
			action: {
				verb: `send to ${to}`,
				done: 'queued',
				possible: () => false,
				possibleLead: (lead) => whyNotSent(lead, to),
				lead: (leadId) => sendLead(leadId, to, { rings: rung++ < mostRung }, deps),
				refusal: (why) => `is ${why} already`,
				rejection: async () => ({ ok: false, why: 'is not a lead' }),
			},
		},
		deps,
	);
}
