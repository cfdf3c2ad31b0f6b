import { cut } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { actionInWords, leadLabels, leadMarks, sourceInWords } from '../../lead/lead-words.ts';
import { countryInWords } from '../../person/countries.ts';
import { readPhone } from '../../person/read-phone.ts';
import type { CrmSettings } from './crm-settings.ts';
import { crmLimits } from './metadata/built-in-columns.ts';

/** A column as it is filled without a field map. */
export interface UsualValue {
	column: string;
	label: string;
	text: string;
	/** What of it the lead itself says. */
	fromLead?: string;
	/** Other words that say the same. */
	sameAs?: string;
}

/** How values are written that can be written in more than one way. */
export type Wording = Pick<CrmSettings, 'internationalPhones' | 'countriesInWords'>;

/** What the usual columns are filled with, apart from the description; `subject` and `lastname` always are. */
export function usualValues(lead: Lead, wording: Wording = {}): UsualValue[] {
	const direct = (column: string, label: string, text: string | undefined) => (text ? [{ column, label, text, fromLead: text }] : []);
	return [
		{ column: 'subject', label: 'Subject', text: subjectOf(lead) },
		...direct('firstname', leadLabels.firstName, lead.firstName),
		{ column: 'lastname', label: leadLabels.lastName, text: lastNameOf(lead), ...(lead.lastName && { fromLead: lead.lastName }) },
		...direct('companyname', leadLabels.company, lead.company),
		...direct('emailaddress1', leadLabels.email, lead.email),
		...direct('telephone1', leadLabels.phone, lead.phone).map((value) => ({ ...value, ...phoneOf(lead, wording) })),
		...direct('jobtitle', leadLabels.title, lead.title),
		...direct('address1_country', leadLabels.country, lead.country).map((value) => ({ ...value, ...countryOf(lead, wording) })),
	];
}

function phoneOf(lead: Lead, { internationalPhones = false }: Wording): Partial<UsualValue> {
	const shown = readPhone(lead)?.shown;
	return shown ? { ...(internationalPhones && { text: shown }), sameAs: shown } : {};
}

/** What a lead calls a country may say more than the country's name: `Scotland`. */
function countryOf({ country = '' }: Lead, { countriesInWords = false }: Wording): Partial<UsualValue> {
	const known = countryInWords(country);
	return known ? { ...(countriesInWords && { text: known.words }), ...(known.saysAll && { sameAs: known.words }) } : {};
}

/** The columns that the mapping fills by itself when a lead has something for them. */
export const usualColumns = [
	'subject',
	'firstname',
	'lastname',
	'companyname',
	'emailaddress1',
	'telephone1',
	'jobtitle',
	'address1_country',
	'description',
];

/** `[TEST] Contoso CRM – Contact me (AppSource)`. */
function subjectOf(lead: Lead): string {
	const marks = leadMarks(lead).map((mark) => `[${mark}] `);
	const what = [lead.offerTitle ?? lead.offer, actionInWords(lead)].filter(Boolean).join(' – ') || 'Marketplace lead';
	const source = sourceInWords(lead);
	return `${marks.join('')}${what}${source ? ` (${source})` : ''}`;
}

/** Every record needs one. What is not a name is only taken for one where there is none at all, and is whole elsewhere. */
function lastNameOf({ firstName, lastName, company, email }: Lead): string {
	const instead = firstName ? undefined : (company ?? email?.split('@')[0]);
	return lastName ?? (cut(instead ?? '', crmLimits.lastname) || '(unknown)');
}
