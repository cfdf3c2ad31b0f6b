import { domainToASCII } from 'node:url';

/** An e-mail address as it is compared: without a name, in lower case. */
export interface BareAddress {
	local: string;
	/** In ASCII, as the domain name system knows it (`xn--…`). */
	domain: string;
}

/** Characters that are copied along unseen, and controls other than white space. */
export const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cf}|(?![\t\n\r])\p{Cc}/gu;

const written = /^(?:[^<>]*<)?\s*(?:mailto:)?\s*([^\s@<>"()]+)@([^\s@<>"()]+?)\.?\s*(?:>\s*)?$/i;

/** Reads an address as people give it: `someone@contoso.com`, `Name <someone@contoso.com>`, `mailto:…`. Undefined when it is none. */
export function toBareAddress(text: string): BareAddress | undefined {
	const [, local, domain] = written.exec(text.normalize('NFKC').replace(unseen, '').trim()) ?? [];
	if (!local || !domain) return undefined;
	return { local: local.toLowerCase(), domain: domainToASCII(domain) || domain.toLowerCase() };
}
