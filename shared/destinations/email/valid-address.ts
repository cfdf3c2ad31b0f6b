import { address } from '../../basics/formats.ts';
import type { Lead } from '../../lead/lead.ts';

/** The lead's e-mail address, when it is one. */
export function validAddress({ email }: Pick<Lead, 'email'>): string | undefined {
	return email !== undefined && address(email) ? email : undefined;
}
