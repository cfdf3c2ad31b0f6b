import type { DeliveryRequest } from '../../../delivery/destination.ts';
import { cut } from '../../../lead/clean-text.ts';
import type { NamedValue } from '../../../lead/lead.ts';
import { actionInWords, leadMarks, leadReference, sourceInWords } from '../../../lead/lead-words.ts';
import { countryInWords } from '../../../person/countries.ts';
import { readPhone, shownName } from '../../../person/read-phone.ts';

/** Every value of a lead under the name that templates use, on one level; every one is there, `''` when the lead does not say it. Times are ISO 8601. */
export function flatLead({ lead, leadId, receivedAt, recordUrl, earlier }: DeliveryRequest) {
	const { isTest, doNotContact, hasContact } = lead;
	const country = countryInWords(lead.country ?? '');
	return {
		leadId,
		reference: leadReference(leadId),
		receivedAt: receivedAt.toISOString(),
		isTest,
		doNotContact,
		hasContact,
		marks: leadMarks(lead)
			.map((mark) => `[${mark}]`)
			.join(' '),
		name: shownName(lead) ?? '',
		firstName: lead.firstName ?? '',
		lastName: lead.lastName ?? '',
		email: lead.email ?? '',
		phone: lead.phone ?? '',
		phoneInternational: readPhone(lead)?.shown ?? '',
		country: lead.country ?? '',
		countryInWords: country?.words ?? lead.country ?? '',
		countryCode: country?.code ?? '',
		company: lead.company ?? '',
		title: lead.title ?? '',
		offerTitle: lead.offerTitle ?? '',
		offer: lead.offer ?? '',
		publisher: lead.publisher ?? '',
		leadSource: lead.leadSource ?? '',
		source: lead.source ?? '',
		sourceInWords: sourceInWords(lead) ?? '',
		action: lead.action ?? '',
		actionInWords: actionInWords(lead) ?? '',
		description: lead.description ?? '',
		details: linesOf(lead.unknown),
		recordUrl: recordUrl ?? '',
		earlierLeadId: earlier?.leadId ?? '',
		earlierReference: earlier ? leadReference(earlier.leadId) : '',
		earlierReceivedAt: earlier ? new Date(earlier.receivedAt).toISOString() : '',
	};
}

const linesOf = (values: NamedValue[] = []) => values.map(({ name, value }) => `${name}: ${value}`).join('\n');

const [mostParameters, longestParameter] = [30, 40];

/** Campaign parameters as members of a flat object: `campaign_utm_source`. Only letters, digits and `_` of their names are kept. */
export function campaignMembers(campaign: NamedValue[] = []): Record<string, string> {
	const members: Record<string, string> = {};
	for (const { name, value } of campaign.slice(0, mostParameters)) {
		const plain = name
			.normalize('NFKD')
			.toLowerCase()
			.replace(/[^a-z\d]+/g, '_')
			.replace(/^_+|_+$/g, '');
		const member = `campaign_${cut(plain || 'parameter', longestParameter)}`;
		members[member] ??= value;
	}
	return members;
}
