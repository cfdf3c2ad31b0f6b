import type { DeliveryRequest } from '../../delivery/destination.ts';
import type { Lead } from '../../lead/lead.ts';
import { actionInWords, leadReference, sourceInWords } from '../../lead/lead-words.ts';
import { doubtfulAddress } from '../../person/doubtful-address.ts';
import { readPhone, shownName } from '../../person/read-phone.ts';
import { escapeHtml } from '../../templates/render-html.ts';
import type { MailPart } from '../../templates/template-names.ts';
import type { LocalFormats } from '../../templates/template-view.ts';
import { type ContactLinks, contactLinks } from './contact-links.ts';
import { banner, button, buttons, heading, light, paragraph, part, quote, type ShowText, section, short } from './mail-parts.ts';
import { contactRows, interestRows, namedRows } from './mail-rows.ts';

/** How much of a lead there is room for. */
export interface MailRoom {
	show: ShowText;
	/** Values under the sender's own names. */
	maxRows: number;
	/** Nothing is shortened or left out. */
	complete: boolean;
}

/** The content of a mail, part by part: a phone shows who it is, what they did and what to tap on its first screen. Each is rows of a table, as HTML. */
export type MailParts = Record<MailPart, string>;

/** @param notices Rows of the card, as HTML. */
export function mailParts(request: DeliveryRequest, notices: string, room: MailRoom, formats: Moments): MailParts {
	const links = contactLinks(request.lead);
	return {
		top: top(request.lead),
		notices,
		actions: actions(request, links),
		details: details(request.lead, links, room),
		foot: foot(request, links, formats),
	};
}

type Moments = Pick<LocalFormats, 'moment'>;

function top(lead: Lead): string {
	const name = shownName(lead);
	const small = `color:${light.muted};font-size:14px;line-height:20px`;
	const position = joined([lead.title, lead.company !== name && lead.company], ', ');
	return (
		part(paragraph(joined(['Marketplace lead', sourceInWords(lead)], ' · '), 'm', small), '28px 32px 0') +
		part(
			`<h1 class="t" dir="auto" style="margin:0;color:${light.text};font-size:26px;line-height:32px">${short(name ?? 'No name given')}</h1>\n` +
				paragraph(position, 'm', `color:${light.muted};font-size:16px;line-height:24px`),
			'4px 32px 0',
		)
	);
}

function actions({ lead, recordUrl }: DeliveryRequest, links: ContactLinks): string {
	const what = joined([actionInWords(lead), lead.offerTitle], ' – ');
	const keys = [
		...(links.mail
			? [button(links.mail, `Reply${lead.firstName && lead.firstName.length <= 16 ? ` to ${escapeHtml(lead.firstName)}` : ''}`)]
			: []),
		...(links.phone ? [button(links.phone, `Call ${escapeHtml(readPhone(lead)?.shown ?? '')}`)] : []),
		...(recordUrl ? [button(escapeHtml(recordUrl), 'Open in CRM')] : []),
	];
	return part(paragraph([what && `<strong>${what}</strong>`, actionMeaning(lead)].filter(Boolean).join('<br>\n'))) + part(buttons(keys));
}

function details(lead: Lead, links: ContactLinks, { show, maxRows, complete }: MailRoom): string {
	const campaign = namedRows(lead.campaign);
	const others = namedRows(lead.unknown);
	const left = Math.max(0, campaign.length + others.length - maxRows);
	const note = `<strong>Shortened.</strong> To keep this mail small, long values were shortened${left > 0 ? ` and ${left} more were left out` : ''}. The whole lead is in the journal.`;
	const space = '20px 32px 0';
	return (
		part(lead.description ? heading('Message') + quote(show(lead.description)) : '', '12px 32px 0') +
		part(section('Contact', contactRows(lead, links), show), space) +
		part(section('Interest', interestRows(lead), show), space) +
		part(section('Campaign parameters', campaign.slice(0, maxRows), show), space) +
		part(section('Other information', others.slice(0, Math.max(0, maxRows - campaign.length)), show), space) +
		part(complete ? '' : banner('notice', note))
	);
}

function foot({ lead, leadId, receivedAt }: DeliveryRequest, links: ContactLinks, { moment }: Moments): string {
	const lines = [
		`Received ${escapeHtml(moment(receivedAt))}`,
		`Lead reference ${leadReference(leadId)} · Lead id ${escapeHtml(leadId)}`,
		...(links.mail ? ['A reply to this mail goes to the customer.'] : []),
		...(doubtfulAddress(lead.email ?? '') ? ['A reply to this mail does not go to the customer: the e-mail address is doubtful.'] : []),
	];
	const style = `border-top:1px solid ${light.line};padding-top:14px;color:${light.muted};font-size:13px;line-height:20px`;
	return part(`<div class="line m" style="${style}">${lines.join('<br>\n')}</div>`, '24px 32px 28px');
}

const joined = (texts: (string | undefined | false)[], separator: string) =>
	texts.flatMap((text) => (text ? [short(text)] : [])).join(separator);

/** https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-get-customer-leads */
const meanings = new Map([
	['ins', 'The customer acquired the offer or pressed “Get it now”. Ask what they want to achieve, and help them to start.'],
	['plt', 'The customer pressed “Contact me” and waits for your answer.'],
	['dnc', 'The offer was cross-listed together with another one. This is for your information only: the customer must not be contacted.'],
	['create', 'The customer purchased the offer in the Azure portal. Welcome them, and help them to start.'],
	['starttestdrive', 'The customer started a test drive and is trying the offer right now.'],
]);

/** What the customer did means for a sales person; nothing for an action that Microsoft does not document. */
function actionMeaning({ action }: Pick<Lead, 'action'>): string | undefined {
	return action && meanings.get(action.toLowerCase());
}
