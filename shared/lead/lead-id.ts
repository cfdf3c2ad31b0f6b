import { createHash, randomBytes } from 'node:crypto';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID v7 (RFC 9562): 48 bits of `now` in milliseconds, the rest random. Also the GUID of the lead's CRM record. */
export const newLeadId = (now: number): string => toLeadId(now, randomBytes(16));

/** The same, but with the bits of a seed of 16 bytes or more: the same id for the same time and seed. */
export function toLeadId(now: number, seed: Uint8Array): string {
	const bytes = Buffer.from(seed.subarray(0, 16));
	bytes.writeUIntBE(now, 0, 6);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Lower case, version 7: what `newLeadId` gives. */
export const isLeadId = (text: unknown): text is string => typeof text === 'string' && pattern.test(text);

/** Milliseconds since the epoch at which a lead id was given: the id alone finds the lead's row in the journal. */
export const timeOfLeadId = (leadId: string): number => Number.parseInt(leadId.slice(0, 8) + leadId.slice(9, 13), 16);

/** The key under which the leads of one e-mail address are found, without the address. */
export const personHash = (address: string): string => createHash('sha256').update(address.trim().toLowerCase(), 'utf8').digest('hex');
