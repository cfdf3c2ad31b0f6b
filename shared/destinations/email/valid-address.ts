import { address } from '../../basics/formats.ts';
import type { Lead } from '../../lead/lead.ts';
import { doubtfulAddress } from '../../person/doubtful-address.ts';

/** The lead's e-mail address, when it is one, and surely the one that it seems to be. */
export function validAddress({ email }: Pick<Lead, 'email'>): string | undefined {
	return email !== undefined && address(email) && !doubtfulAddress(email) ? email : undefined;
}
