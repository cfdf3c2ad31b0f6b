import { domainToASCII } from 'node:url';

/** A domain as it is compared, also with `*` in it: lower case, letters beyond ASCII as DNS has them (`müller.example` is `xn--mller-kva.example`). */
export function foldDomain(domain: string): string {
	return domain
		.toLowerCase()
		.split('.')
		.map((label) => (/^[\w*-]*$/.test(label) ? label : domainToASCII(label) || label))
		.join('.');
}

/** The folded domain of an address as it came (`Ada <ada@contoso.com>` too); undefined when there is none. */
export function emailDomain(address: string): string | undefined {
	const domain = /^[^\s<>,;]{1,253}/.exec(address.slice(address.lastIndexOf('@') + 1))?.[0].replace(/\.$/, '');
	return domain && address.includes('@') ? foldDomain(domain) : undefined;
}
