import type { DestinationName } from '../delivery/destination.ts';
import type { Lead } from '../lead/lead.ts';
import { matchRoute } from '../rules/match-route.ts';
import type { Settings } from '../settings/settings.ts';

/** Where a lead goes. */
export interface Decision {
	destinations: DestinationName[];
	/** Another destination may be added when the settings are fixed. */
	undecided: boolean;
	/** Why it goes nowhere although that is decided. */
	journalOnly?: string;
}

/**
 * Decides once, at acceptance; what could not be decided then, the sweep decides. Policies come before rules, rules before `LEAD_DESTINATIONS`.
 */
export async function decideDestinations(lead: Lead, settings: Settings): Promise<Decision> {
	const journalOnly = (reason: string): Decision => ({ destinations: [], undecided: false, journalOnly: reason });
	if (lead.doNotContact && settings.dncPolicy === 'journal') return journalOnly('do not contact');
	if (lead.isTest && settings.testPolicy === 'journal') return journalOnly('test');
	const { rule, choice } = await matchRoute(lead, settings.routes);
	if (choice.journalOnly) return journalOnly(`rule ${rule}`);
	if (choice.destinations) return { destinations: choice.destinations, undecided: false };
	return { destinations: settings.destinations, undecided: !settings.destinationsDecided };
}
