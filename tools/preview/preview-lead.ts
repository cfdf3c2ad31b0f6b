import type { Message } from '@microsoft/microsoft-graph-types';
import { decideDestinations } from '../../shared/accept/decide-destinations.ts';
import { type DeliveryRequest, type DestinationName, destinationNames } from '../../shared/delivery/destination.ts';
import { type DataverseRequest, toCreateRequest } from '../../shared/destinations/crm/call-dataverse.ts';
import { cutMark } from '../../shared/destinations/crm/crm-description.ts';
import { crmRecordUrl } from '../../shared/destinations/crm/crm-record-url.ts';
import { type Environment, gatherParts } from '../../shared/destinations/crm/record-parts.ts';
import { toCrmRecord } from '../../shared/destinations/crm/to-crm-record.ts';
import { type ComposedMail, composeMail } from '../../shared/destinations/email/compose-mail.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { leadReference } from '../../shared/lead/lead-reference.ts';
import { type Issue, readLead } from '../../shared/lead/read-lead.ts';
import { matchRoute } from '../../shared/rules/match-route.ts';
import { findDoubts } from '../../shared/settings/find-doubts.ts';
import type { Settings } from '../../shared/settings/settings.ts';

/** What a payload would become. */
export interface LeadPreview {
	ok: true;
	lead: Lead;
	leadId: string;
	reference: string;
	/** The rule that matched, and a sentence for each that was looked at. */
	route: { rule?: number; why: string[] };
	/** Where it goes; both are shown while nobody has decided. */
	destinations: DestinationName[];
	/** Why it goes nowhere. */
	journalOnly?: string;
	mail?: Message;
	record?: DataverseRequest;
	/** What was cut, dropped or escaped, and what is wrong with settings. */
	warnings: string[];
}

export type Preview = LeadPreview | { ok: false; issues: Issue[] };

/** Does with a payload what the app would do, up to the requests; sends nothing. `environment` may ask Dataverse for columns and records. */
export async function previewLead(
	payload: Uint8Array,
	settings: Settings,
	{ now, environment, signal }: { now: number; environment: Environment; signal: AbortSignal },
): Promise<Preview> {
	const reading = readLead(payload);
	if (!reading.ok) return reading;
	const { lead } = reading;
	const leadId = newLeadId(now);
	const decision = await decideDestinations(lead, settings);
	const { rule, why, choice } = await matchRoute(lead, settings.routes);
	const undecided = decision.undecided && decision.destinations.length === 0;
	const destinations = undecided ? [...destinationNames] : decision.destinations;
	const url = settings.crm.url ?? 'https://DATAVERSE_URL';
	const request: DeliveryRequest = {
		leadId,
		receivedAt: new Date(now),
		lead,
		attempt: 1,
		choice,
		...(destinations.includes('crm') && { recordUrl: crmRecordUrl(url, leadId) }),
	};
	const mail = destinations.includes('email') ? composeMail(request, settings.email) : undefined;
	const crm = destinations.includes('crm') ? await previewRecord(request, settings, url, environment, signal) : undefined;
	return {
		ok: true,
		lead,
		leadId,
		reference: leadReference(leadId),
		route: { ...(rule !== undefined && { rule }), why },
		destinations,
		...(decision.journalOnly && { journalOnly: decision.journalOnly }),
		...(mail && { mail: mail.message }),
		...(crm && { record: crm.record }),
		warnings: [...(await ofSettings(settings)), ...ofLead(lead), ...(mail ? ofMail(mail) : []), ...(crm?.warnings ?? [])],
	};
}

async function previewRecord(request: DeliveryRequest, { crm }: Settings, url: string, environment: Environment, signal: AbortSignal) {
	const parts = await gatherParts(request, crm, environment, signal);
	const { record, warnings, notes } = toCrmRecord(request, crm, parts);
	const noted = notes.map(({ label, why }) => `CRM: ${label} ${why ?? 'is not whole in its column'}: it is in the description`);
	const shortened = String(record.description ?? '').includes(cutMark)
		? ['CRM: the description is too long: parts of it are shortened']
		: [];
	return {
		record: toCreateRequest({ url, leadId: request.leadId, duplicateDetection: crm.duplicateDetection }, record),
		warnings: [...warnings, ...noted, ...shortened],
	};
}

const ofSettings = async (settings: Settings) =>
	[...settings.issues, ...(await findDoubts(settings))]
		.filter(({ setting }) => setting !== 'AzureWebJobsStorage')
		.map(({ setting, problem, allowed }) => `${setting} ${problem}; allowed is ${allowed}`);

/** Escaped is what a reader could take for markup. */
function ofLead({ campaign = [], unknown = [], ...lead }: Lead): string[] {
	const named = [...campaign, ...unknown].map(({ name, value }) => [name, value] as const);
	return [...Object.entries(lead), ...named]
		.filter(([, value]) => typeof value === 'string' && /<[a-z!/?]|\{\{/i.test(value))
		.map(([name]) => `${name} holds markup or braces: they are shown as text`);
}

function ofMail({ message: { body, toRecipients }, warnings }: ComposedMail): string[] {
	return [
		...warnings,
		...(toRecipients?.length ? [] : ['mail: it has no recipient']),
		...(body?.content?.includes('… (shortened)') ? ['mail: it is too long, long values are shortened'] : []),
	];
}
