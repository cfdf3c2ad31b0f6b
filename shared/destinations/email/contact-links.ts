import { domainToASCII } from 'node:url';
import { cut } from '../../lead/clean-text.ts';
import type { Lead } from '../../lead/lead.ts';
import { validAddress } from './valid-address.ts';

/** What a sales person can tap on, as URLs of safe characters only; nothing for someone who must not be contacted. */
export interface ContactLinks {
	mail?: string;
	phone?: string;
}

export function contactLinks(lead: Pick<Lead, 'email' | 'phone' | 'doNotContact' | 'offerTitle'>): ContactLinks {
	if (lead.doNotContact) return {};
	const mail = mailLink(lead);
	const phone = phoneLink(lead.phone ?? '');
	return { ...(mail && { mail }), ...(phone && { phone }) };
}

function mailLink(lead: Pick<Lead, 'email' | 'offerTitle'>): string | undefined {
	const address = validAddress(lead);
	if (!address) return undefined;
	const at = address.lastIndexOf('@');
	const domain = domainToASCII(address.slice(at + 1));
	const subject = lead.offerTitle ? `?subject=${encode(`Re: ${cut(lead.offerTitle, 100)}`)}` : '';
	return domain && `mailto:${encode(address.slice(0, at))}@${domain}${subject}`;
}

/**
 * Dials what was written, never a guess: the marketplace sends digits alone, and a `+` before a national number would call someone else. Of
 * `+44 (0)20 …` the zero is left out, an extension is not dialled.
 */
function phoneLink(phone: string): string | undefined {
	const [, number = ''] = /^(\+?[\d\s()./-]+?)\s*(?:(?:ext\.?|x|#)\s*\d{1,6})?$/i.exec(phone) ?? [];
	const digits = (number.startsWith('+') ? number.replace('(0)', '') : number).replace(/[^\d+]/g, '');
	return /^\+?\d{5,17}$/.test(digits) ? `tel:${digits}` : undefined;
}

/** Also what `encodeURIComponent` leaves, as the link stands in an attribute. */
const encode = (text: string) => encodeURIComponent(text).replace(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
