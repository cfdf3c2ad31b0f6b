import { cut } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { actionInWords, leadLabels, leadMarks, sourceInWords } from '../../lead/lead-words.ts';
import { crmLimits } from './crm-limits.ts';

/** A column as it is filled without a field map. */
export interface UsualValue {
	column: string;
	label: string;
	text: string;
	/** What of it the lead itself says. */
	fromLead?: string;
}

/** What the usual columns are filled with, apart from the description; `subject` and `lastname` always are. */
export function usualValues(lead: Lead): UsualValue[] {
	const direct = (column: string, label: string, text: string | undefined) => (text ? [{ column, label, text, fromLead: text }] : []);
	return [
		{ column: 'subject', label: 'Subject', text: subjectOf(lead) },
		...direct('firstname', leadLabels.firstName, lead.firstName),
		{ column: 'lastname', label: leadLabels.lastName, text: lastNameOf(lead), ...(lead.lastName && { fromLead: lead.lastName }) },
		...direct('companyname', leadLabels.company, lead.company),
		...direct('emailaddress1', leadLabels.email, lead.email),
		...direct('telephone1', leadLabels.phone, lead.phone),
		...direct('jobtitle', leadLabels.title, lead.title),
		...direct('address1_country', leadLabels.country, lead.country),
	];
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
	const source = sourceInWords(lead);
	const how = [actionInWords(lead), source && `(${source})`].filter(Boolean).join(' ');
	return marks.join('') + ([lead.offerTitle ?? lead.offer, how].filter(Boolean).join(' – ') || 'Marketplace lead');
}

/** Every record needs one. What is not a name is only taken for one where there is none at all, and is whole elsewhere. */
function lastNameOf({ firstName, lastName, company, email }: Lead): string {
	const instead = firstName ? undefined : (company ?? email?.split('@')[0]);
	return lastName ?? (cut(instead ?? '', crmLimits.lastname) || '(unknown)');
}
