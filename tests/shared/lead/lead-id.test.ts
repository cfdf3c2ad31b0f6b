import { describe, expect, it } from '@jest/globals';
import { isLeadId, newLeadId, timeOfLeadId } from '../../../shared/lead/lead-id.ts';

describe('a lead id', () => {
	it('is a UUID v7 that tells its time and sorts by it', () => {
		const now = 1_790_000_000_123;
		expect([isLeadId(newLeadId(now)), timeOfLeadId(newLeadId(now))]).toEqual([true, now]);
		expect(newLeadId(now + 1) > newLeadId(now)).toBe(true);
		expect(newLeadId(now)).not.toBe(newLeadId(now));
	});

	it('is told from anything else', () => {
		for (const other of ['', 'x', '11111111-2222-3333-4444-555555555555', newLeadId(1).toUpperCase().replace(/\d/g, 'A'), 7, null])
			expect(isLeadId(other)).toBe(false);
	});
});
