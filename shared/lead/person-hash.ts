import { createHash } from 'node:crypto';

/** The key under which the leads of one e-mail address are found, without the address. */
export const personHash = (address: string): string => createHash('sha256').update(address.trim().toLowerCase(), 'utf8').digest('hex');
