import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/** The code of a refusal to call an address: nothing was sent. */
export const forbiddenCode = 'FORBIDDEN_ADDRESS';

const refusal = () => Object.assign(new Error('the address is private'), { code: forbiddenCode });

/** Resolves names as usual. */
export type LookUpAll = (hostname: string, tell: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const usual: LookUpAll = (hostname, tell) => lookUp(hostname, { all: true, verbatim: true }, tell);

/**
 * Resolves a host for one connection, and refuses it when one of its addresses is forbidden: what is checked is what is dialled, so that a name which
 * resolves differently the next time gains nothing.
 */
export const guardedLookup =
	(isForbidden: (address: string) => boolean, all: LookUpAll = usual): LookupFunction =>
	(hostname, options, tell) => {
		all(hostname, (error, addresses) => {
			const [first] = addresses ?? [];
			if (error) tell(error, []);
			else if (!first || addresses.some(({ address }) => isForbidden(address))) tell(refusal(), []);
			else if (options.all) tell(null, addresses);
			else tell(null, first.address, first.family);
		});
	};

/** Whether a URL's host is written as an address that is forbidden: such a one is never resolved. The parser has made one form of all that are known. */
export function isForbiddenHost({ hostname }: Pick<URL, 'hostname'>, isForbidden: (address: string) => boolean): boolean {
	const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
	return isIP(bare) !== 0 && isForbidden(bare);
}
