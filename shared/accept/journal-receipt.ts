import { isDeepStrictEqual } from 'node:util';
import { newDelivery } from '../delivery/delivery.ts';
import type { Acceptance, NewLead, Summary } from '../journal/entries.ts';
import type { Journal } from '../journal/journal.ts';
import type { Lead } from '../lead/lead.ts';
import { personHash } from '../lead/lead-id.ts';
import { fromParameterLines, personName, toParameterLine } from '../lead/lead-words.ts';
import type { Settings } from '../settings/settings.ts';
import { type Decision, decideDestinations } from './decide-destinations.ts';
import type { Receipt, ReceiptReading } from './read-receipt.ts';

/** Two customers whose data is withheld look the same: without an address or a number, only a double click is a duplicate. */
const longestWindowWithoutContactMs = 60_000;

/** What became of a receipt. */
export type Taken = (Acceptance & { rings: boolean }) | { status: 'rejected'; kept: boolean };

const longestHeader = 200;

/** Writes a receipt and what was read from it: as a lead with its deliveries, a duplicate, or a rejected payload. */
export async function journalReceipt(
	receipt: Receipt,
	reading: ReceiptReading,
	{ journal, settings }: { journal: Pick<Journal, 'accept' | 'reject'>; settings: Settings },
	signal: AbortSignal,
): Promise<Taken> {
	const { leadId, receivedAt, contentType, contentEncoding } = receipt;
	const common = { receivedAt, ...(contentType && { contentType: contentType.slice(0, longestHeader) }) };
	if (!reading.ok) {
		const { status, issues } = reading;
		const asItCame = { payload: receipt.payload, ...(contentEncoding && { contentEncoding: contentEncoding.slice(0, longestHeader) }) };
		const rejected = { ...common, ...asItCame, id: leadId, status, issues, mustKeep: !receipt.refused };
		return { status: 'rejected', kept: (await journal.reject(rejected, signal)) === 'kept' };
	}
	const { lead, contentId, payload } = reading;
	const { imported } = receipt;
	const { destinations, undecided, journalOnly } = imported?.journalOnly ? asImported : await decideDestinations(lead, settings);
	const newLead: NewLead = {
		...common,
		payload,
		leadId,
		contentId,
		dedupeWindowMs: lead.hasContact ? settings.dedupeWindowMs : Math.min(settings.dedupeWindowMs, longestWindowWithoutContactMs),
		summary: toSummary(lead),
		...(lead.email && { person: personHash(lead.email) }),
		deliveries: Object.fromEntries(destinations.map((name) => [name, newDelivery(receivedAt)])),
		undecided,
		...(journalOnly && { journalOnly }),
		...(imported && { importedAt: imported.at }),
	};
	const acceptance = await journal.accept(newLead, signal);
	return { ...acceptance, rings: acceptance.status === 'accepted' && destinations.length > 0 };
}

const asImported: Decision = { destinations: [], undecided: false, journalOnly: 'imported' };

const longestSummary = 200;
/** A listing's parameters are longer than a line is. */
const longestCampaign = 2000;

function toSummary(lead: Lead): Summary {
	const texts = {
		name: personName(lead),
		company: lead.company,
		email: lead.email,
		offer: lead.offerTitle ?? lead.offer,
		action: lead.action,
		offerId: lead.offerTitle && lead.offer,
		country: lead.country,
		source: lead.source,
		phone: lead.phone,
		campaign: lead.campaign?.map(toParameterLine).join('\n'),
	};
	let isWhole = texts.campaign === undefined || isDeepStrictEqual(fromParameterLines(texts.campaign), lead.campaign);
	const known = Object.entries(texts).flatMap(([name, text]) => {
		if (!text) return [];
		const kept = text.slice(0, name === 'campaign' ? longestCampaign : longestSummary).toWellFormed();
		isWhole &&= kept === text;
		return [[name, kept]];
	});
	return {
		...Object.fromEntries(known),
		...(isWhole && { isWhole }),
		...(lead.isTest && { isTest: true }),
		...(lead.doNotContact && { doNotContact: true }),
	};
}
