import type { Lead, NamedValue } from '../../lead/lead.ts';
import { actionInWords, leadLabels, sourceInWords } from '../../lead/lead-words.ts';
import { countryOf } from '../../person/countries.ts';
import { doubtfulAddress } from '../../person/doubtful-address.ts';
import { readPhone } from '../../person/read-phone.ts';
import type { ContactLinks } from './contact-links.ts';

/** A value under what people call it. */
export interface MailRow {
	label: string;
	value: string;
	/** Safe as it is. */
	href?: string | undefined;
	/** What of it must not be overlooked. */
	warning?: string | undefined;
}

/** Who it is. */
export function contactRows(lead: Lead, links: ContactLinks): MailRow[] {
	return present([
		{ label: 'Name', value: [lead.firstName, lead.lastName].filter(Boolean).join(' ') },
		{ label: leadLabels.company, value: lead.company },
		{ label: leadLabels.title, value: lead.title },
		{ label: leadLabels.email, value: lead.email, href: links.mail?.split('?')[0], warning: addressWarning(lead) },
		{ label: leadLabels.phone, value: readPhone(lead)?.shown, href: links.phone },
		{ label: leadLabels.country, value: countryOf(lead) },
	]);
}

function addressWarning({ email = '' }: Lead): string | undefined {
	const doubt = doubtfulAddress(email);
	return doubt && `This address ${doubt.why}. In plain characters: ${doubt.plain}`;
}

/** What they did, and where. */
export function interestRows(lead: Lead): MailRow[] {
	const coded = (words: string | undefined, code: string | undefined) => (words && words !== code ? `${words} (${code})` : code);
	return present([
		{ label: leadLabels.offerTitle, value: lead.offerTitle },
		{ label: leadLabels.action, value: coded(actionInWords(lead), lead.action) },
		{ label: leadLabels.source, value: coded(sourceInWords(lead), lead.source) },
		{ label: leadLabels.publisher, value: lead.publisher },
		{ label: leadLabels.offer, value: lead.offer },
		{ label: leadLabels.leadSource, value: lead.leadSource !== lead.source ? lead.leadSource : undefined },
	]);
}

export const namedRows = (values: NamedValue[] = []): MailRow[] => values.map(({ name, value }) => ({ label: name, value }));

const present = (rows: (Omit<MailRow, 'value'> & { value: string | undefined })[]): MailRow[] =>
	rows.flatMap(({ value, ...row }) => (value ? [{ ...row, value }] : []));
