import { decideDestinations } from '../accept/decide-destinations.ts';
import type { DeliveryRequest, DestinationName } from '../delivery/destination.ts';
import { type DestinationPreview, kindOf, namesOf, type PreviewDeps, recordUrlOf } from '../delivery/destination-kind.ts';
import type { Lead } from '../lead/lead.ts';
import { newLeadId } from '../lead/lead-id.ts';
import { leadReference } from '../lead/lead-words.ts';
import { type Issue, readLead } from '../lead/read-lead.ts';
import { matchRoute } from '../rules/match-route.ts';
import { findDoubts } from '../settings/find-doubts.ts';
import type { Settings } from '../settings/settings.ts';

/** What a payload would become. */
export interface LeadPreview {
	ok: true;
	lead: Lead;
	leadId: string;
	reference: string;
	/** The rule that matched, and a sentence for each that was looked at. */
	route: { rule?: number; why: string[] };
	/** Where it goes; all are shown while no one has decided. */
	destinations: DestinationName[];
	/** Why it goes nowhere. */
	journalOnly?: string;
	/** What each destination would be sent. */
	sent: Record<DestinationName, DestinationPreview>;
	/** What was cut, dropped or escaped, and what is wrong with settings. */
	warnings: string[];
}

export type Preview = LeadPreview | { ok: false; issues: Issue[] };

/** Does with a payload what the app would do, up to the requests; sends nothing. With `live` services may be asked what they would be asked then. */
export async function previewLead(
	payload: Uint8Array,
	settings: Settings,
	{ now, ...deps }: PreviewDeps & { now: number },
): Promise<Preview> {
	const reading = readLead(payload);
	if (!reading.ok) return reading;
	const { lead } = reading;
	const leadId = newLeadId(now);
	const decision = await decideDestinations(lead, settings);
	const { rule, why, choice } = await matchRoute(lead, settings.routes);
	const undecided = decision.undecided && decision.destinations.length === 0;
	const destinations = undecided ? namesOf(settings.kinds) : decision.destinations;
	const sent = await previewDeliveries({ leadId, receivedAt: new Date(now), lead, attempt: 1, choice }, destinations, settings, deps);
	return {
		ok: true,
		lead,
		leadId,
		reference: leadReference(leadId),
		route: { ...(rule !== undefined && { rule }), why },
		destinations,
		...(decision.journalOnly && { journalOnly: decision.journalOnly }),
		sent,
		warnings: [...(await ofSettings(settings)), ...ofLead(lead), ...Object.values(sent).flatMap(({ warnings }) => warnings)],
	};
}

/** What these destinations would be sent of a lead. */
export async function previewDeliveries(
	given: Omit<DeliveryRequest, 'recordUrl'>,
	destinations: DestinationName[],
	settings: Settings,
	deps: PreviewDeps,
): Promise<LeadPreview['sent']> {
	const recordUrl = recordUrlOf(settings, given.leadId, destinations);
	const request: DeliveryRequest = { ...given, ...(recordUrl !== undefined && { recordUrl }) };
	const sent: LeadPreview['sent'] = {};
	for (const name of destinations) {
		const loaded = await kindOf(settings.kinds, name)?.load();
		if (loaded) sent[name] = await loaded.preview(request, settings.own[name], deps);
	}
	return sent;
}

const ofSettings = async (settings: Settings) =>
	[...settings.issues, ...(await findDoubts(settings))]
		.filter(({ setting }) => setting !== 'AzureWebJobsStorage')
		.map(({ setting, problem, allowed }) => `${setting} ${problem}; allowed: ${allowed}`);

/** Escaped is what a reader could take for markup. */
function ofLead({ campaign = [], unknown = [], ...lead }: Lead): string[] {
	const named = [...campaign, ...unknown].map(({ name, value }) => [name, value] as const);
	return [...Object.entries(lead), ...named]
		.filter(([, value]) => typeof value === 'string' && /<[a-z!/?]|\{\{/i.test(value))
		.map(([name]) => `${name} holds markup or braces: they are shown as text`);
}
