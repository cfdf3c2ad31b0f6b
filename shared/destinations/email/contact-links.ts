import { domainToASCII } from 'node:url';
import { address } from '../../basics/formats.ts';
import { cut } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { doubtfulAddress } from '../../person/doubtful-address.ts';
import { readPhone } from '../../person/read-phone.ts';

/** What a sales person can tap on, as URLs of safe characters only; nothing for someone who must not be contacted. */
export interface ContactLinks {
	mail?: string;
	phone?: string;
}

export function contactLinks(lead: Pick<Lead, 'email' | 'phone' | 'country' | 'doNotContact' | 'offerTitle'>): ContactLinks {
	if (lead.doNotContact) return {};
	const mail = mailLink(lead);
	const number = readPhone(lead)?.dialled;
	return { ...(mail && { mail }), ...(number && { phone: `tel:${number}` }) };
}

function mailLink(lead: Pick<Lead, 'email' | 'offerTitle'>): string | undefined {
	const address = validAddress(lead);
	if (!address) return undefined;
	const at = address.lastIndexOf('@');
	const domain = domainToASCII(address.slice(at + 1));
	const subject = lead.offerTitle ? `?subject=${encode(`Re: ${cut(lead.offerTitle, 100)}`)}` : '';
	return domain && `mailto:${encode(address.slice(0, at))}@${domain}${subject}`;
}

/** Also what `encodeURIComponent` leaves, as the link stands in an attribute. */
const encode = (text: string) => encodeURIComponent(text).replace(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

/** The lead's e-mail address, when it is one, and surely the one that it seems to be. */
export function validAddress({ email }: Pick<Lead, 'email'>): string | undefined {
	return email !== undefined && address(email) && !doubtfulAddress(email) ? email : undefined;
}
