import type { DeliveryRequest } from '../../delivery/destination.ts';
import { actionInWords, leadReference } from '../../lead/lead-words.ts';
import { escapeHtml } from '../../templates/render-html.ts';
import type { LocalFormats } from '../../templates/template-view.ts';
import { banner, part, short } from './mail-parts.ts';

/** What must not be overlooked about a lead. */
export interface MailNotice {
	/** A row of the card. */
	html: string;
	/** A text that says the same: where it is read, the notice is not needed. */
	said?: string;
}

const testNotice = '<strong>[TEST]</strong> Sent by Partner Center to check the connection. There is no real customer.';
const contactNotice = '<strong>Do not contact</strong> this customer.';
const dataNotice =
	'<strong>No contact data.</strong> The marketplace passed on neither an e-mail address nor a phone number. Look for the customer in Partner Center under Referrals.';

/** The notices of a lead, the most important first. */
export function mailNotices(request: DeliveryRequest, formats: Pick<LocalFormats, 'moment'>): MailNotice[] {
	const { lead, earlier, importedAt } = request;
	return [
		...(lead.isTest ? [{ html: part(banner('notice', testNotice)), said: '[TEST]' }] : []),
		...(lead.doNotContact ? [{ html: part(banner('alarm', contactNotice)), said: '[do not contact]' }] : []),
		...(lead.hasContact ? [] : [{ html: part(banner('notice', dataNotice)) }]),
		...(importedAt ? [{ html: importedNotice(request.receivedAt, importedAt, formats) }] : []),
		...(earlier ? [{ html: earlierNotice(earlier, formats), said: leadReference(earlier.leadId) }] : []),
	];
}

/** Sales should know that the customer has waited. */
const importedNotice = (receivedAt: Date, importedAt: Date, { moment }: Pick<LocalFormats, 'moment'>) =>
	part(
		banner(
			'notice',
			`<strong>Imported</strong> from a file of the marketplace, ${escapeHtml(moment(importedAt))}. The customer has waited since ${escapeHtml(moment(receivedAt))}.`,
		),
	);

/** The same person's earlier lead: one customer, one conversation. */
function earlierNotice(earlier: NonNullable<DeliveryRequest['earlier']>, { moment }: Pick<LocalFormats, 'moment'>): string {
	const action = actionInWords({ ...(earlier.action && { action: earlier.action }) }) ?? 'another lead';
	const reference = `#${leadReference(earlier.leadId)}`;
	const link = earlier.recordUrl ? `<a href="${escapeHtml(earlier.recordUrl)}">${reference}</a>` : reference;
	const when = escapeHtml(moment(new Date(earlier.receivedAt)));
	return part(banner('notice', `<strong>The same person</strong> was here before: ${short(action)}, ${when}, lead ${link}.`));
}
