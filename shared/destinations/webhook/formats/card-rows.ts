import type { DeliveryRequest } from '../../../delivery/destination.ts';
import { cut, oneLine } from '../../../lead/clean-text.ts';
import type { Lead, NamedValue } from '../../../lead/lead.ts';
import { actionInWords, leadLabels, leadMarks, leadReference, sourceInWords } from '../../../lead/lead-words.ts';
import { countryOf } from '../../../person/countries.ts';
import { doubtfulAddress } from '../../../person/doubtful-address.ts';
import { readPhone, shownName } from '../../../person/read-phone.ts';
import { localFormats, templateView } from '../../../templates/template-view.ts';
import type { WebhookSettings } from '../webhook-settings.ts';
import { renderTitle } from './render-fields.ts';
import { withoutLinks } from './without-links.ts';

/** A value under what people call it. Both may hold a lead's words. */
export interface CardRow {
	label: string;
	value: string;
}

/** A lead as a card or a message shows it: texts, not yet written for their place. */
export interface Card {
	title: string;
	/** Our own words for what must not be overlooked. */
	notices: { text: string; isAlarm: boolean }[];
	rows: CardRow[];
	/** The customer's own words. */
	description?: string;
	/** Our own words: when it came and its reference. */
	foot: string;
	links: { title: string; url: string }[];
	/** What a notification says: our own words alone. */
	summary: string;
	warnings: string[];
}

const [mostNamed, longestTitle, longestName] = [20, 140, 60];

/**
 * What of a lead is shown. Of a customer who must not be contacted no client may make a link that writes or calls.
 *
 * @param longest UTF-16 units of a value; longer ones are shortened
 */
export function cardOf(request: DeliveryRequest, own: WebhookSettings, longest = 4000): Card {
	const { lead, leadId, receivedAt, recordUrl, earlier } = request;
	const safe = (text: string) => (lead.doNotContact ? withoutLinks(text) : text);
	const short = (text: string, most: number) => safe(text.length > most ? `${cut(text, most - 1)}…` : text);
	const reference = leadReference(leadId);
	const marks = leadMarks(lead)
		.map((mark) => `[${mark}] `)
		.join('');
	const { moment } = localFormats(own.locale, own.timeZone);
	const custom = renderTitle(own, templateView({ ...request, locale: own.locale, timeZone: own.timeZone }));
	const title = custom.text ?? builtInTitle(lead);
	const missing = leadMarks(lead).filter((mark) => !title.includes(`[${mark}]`));
	const named = (values: NamedValue[] = []) => values.map(({ name, value }) => ({ label: short(oneLine(name), longestName), value }));
	const further = [...named(lead.campaign), ...named(lead.unknown)];
	const rows = [...rowsOf(lead), ...further.slice(0, mostNamed)].map(({ label, value }) => ({ label, value: short(value, longest) }));
	if (further.length > mostNamed) rows.push({ label: 'More', value: `${further.length - mostNamed} further values are in the journal.` });
	return {
		title: short(missing.map((mark) => `[${mark}] `).join('') + title, longestTitle),
		notices: noticesOf(request, moment),
		rows,
		...(lead.description && { description: short(lead.description, longest) }),
		foot: `Received ${moment(receivedAt)} · #${reference}`,
		links: [
			...(recordUrl ? [{ title: 'Open the CRM record', url: recordUrl }] : []),
			...(earlier?.recordUrl ? [{ title: 'Open the earlier record', url: earlier.recordUrl }] : []),
		],
		summary: `${marks}New lead #${reference}`,
		warnings: [
			...custom.warnings,
			...(further.length > mostNamed ? [`only ${mostNamed} of ${further.length} further values are shown`] : []),
		],
	};
}

function builtInTitle(lead: Lead): string {
	const name = shownName(lead);
	const who = [name, name !== lead.company && lead.company].filter(Boolean).join(', ');
	return oneLine(`${actionInWords(lead) ?? 'Lead'}: ${[who, lead.offerTitle].filter(Boolean).join(' – ') || 'no name given'}`);
}

function rowsOf(lead: Lead): CardRow[] {
	const values: [string, string | undefined][] = [
		['Name', [lead.firstName, lead.lastName].filter(Boolean).join(' ')],
		[leadLabels.company, lead.company],
		[leadLabels.title, lead.title],
		[leadLabels.email, addressOf(lead)],
		[leadLabels.phone, readPhone(lead)?.shown ?? lead.phone],
		[leadLabels.country, countryOf(lead)],
		[leadLabels.offerTitle, lead.offerTitle ?? lead.offer],
		[leadLabels.action, actionInWords(lead)],
		[leadLabels.source, sourceInWords(lead) ?? lead.leadSource],
		[leadLabels.publisher, lead.publisher],
	];
	return values.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** With what must not be overlooked of it. */
function addressOf({ email }: Lead): string | undefined {
	const doubt = doubtfulAddress(email ?? '');
	return doubt ? `${email} (This address ${doubt.why}. In plain characters: ${doubt.plain})` : email;
}

function noticesOf({ lead, earlier, receivedAt, importedAt }: DeliveryRequest, moment: (time: Date) => string): Card['notices'] {
	return [
		...(lead.isTest ? [{ text: '[TEST] Sent by Partner Center to check the connection. There is no real customer.', isAlarm: false }] : []),
		...(lead.doNotContact ? [{ text: 'Do not contact this customer.', isAlarm: true }] : []),
		...(lead.hasContact
			? []
			: [
					{
						text: 'No contact data: the marketplace passed on neither an e-mail address nor a phone number. Look for the customer in Partner Center under Referrals.',
						isAlarm: false,
					},
				]),
		...(importedAt
			? [
					{
						text: `Imported from a file of the marketplace, ${moment(importedAt)}. The customer has waited since ${moment(receivedAt)}.`,
						isAlarm: false,
					},
				]
			: []),
		...(earlier
			? [
					{
						text: `The same person was here before: ${moment(new Date(earlier.receivedAt))}, lead #${leadReference(earlier.leadId)}.`,
						isAlarm: false,
					},
				]
			: []),
	];
}
