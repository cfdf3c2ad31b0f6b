import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut, oneLine } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { leadMarks, leadReference, personName } from '../../lead/lead-words.ts';

const maxLength = 255;

/** What a list of mails shows in 40 characters has room for no more. */
const shortActions = new Map([
	['ins', 'Get it now'],
	['plt', 'Contact me'],
	['create', 'Purchase'],
	['starttestdrive', 'Test drive'],
	['dnc', 'Lead'], // The mark says it.
]);

/** One line: marks, what the customer did, who it is, the offer and the lead's reference: `[TEST] Contact me: Jane Doe, Contoso – CRM [#1a2b3c4d]`. */
export function mailSubject({ lead, leadId }: Pick<DeliveryRequest, 'lead' | 'leadId'>): string {
	const marks = leadMarks(lead).map((mark) => `[${mark}] `);
	const name = personName(lead);
	const who = [name, name !== lead.company && lead.company].flatMap((part) => (part ? [shorten(part, 60)] : []));
	const what = [who.join(', '), lead.offerTitle && shorten(lead.offerTitle, 80)].filter(Boolean).join(' – ');
	const reference = ` [#${leadReference(leadId)}]`;
	const text = oneLine(`${marks.join('')}${shortAction(lead)}: ${what || 'no name given'}`);
	return cut(text, maxLength - reference.length) + reference;
}

function shortAction({ action }: Lead): string {
	return action ? (shortActions.get(action.toLowerCase()) ?? shorten(action, 24)) : 'Lead';
}

const shorten = (text: string, max: number) => (text.length > max ? `${cut(text, max - 1)}…` : text);
