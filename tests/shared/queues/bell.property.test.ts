import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLeadId, newLeadId } from '../../../shared/lead/lead-id.ts';
import { leadIdsOfBell, mostLeadsOfBell, toBell } from '../../../shared/queues/bell.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const leadId = fc.nat(2 ** 40).map(newLeadId);

/** As the version before read a bell: one lead. */
function leadIdOfOldBell(text: string): string | undefined {
	const { leadId } = JSON.parse(text).bell;
	return isLeadId(leadId) ? leadId : undefined;
}

describe('a bell', () => {
	it('names the leads for which it was made, and its first to a version that knows no others', () => {
		fc.assert(
			fc.property(fc.uniqueArray(leadId, { minLength: 1, maxLength: mostLeadsOfBell }), (leadIds) => {
				expect(leadIdsOfBell(toBell(leadIds))).toEqual(leadIds);
				expect(leadIdsOfBell(JSON.parse(toBell(leadIds)))).toEqual(leadIds);
				expect(leadIdOfOldBell(toBell(leadIds))).toBe(leadIds[0]);
			}),
			propertyRuns,
		);
	});

	it('of one lead is, byte for byte, what earlier versions rang', () => {
		fc.assert(
			fc.property(leadId, (id) => {
				expect(toBell([id])).toBe(`{"bell":{"v":1,"leadId":"${id}"}}`);
			}),
			propertyRuns,
		);
	});

	it('that anyone made names lead ids and nothing else, each once', () => {
		const value = fc.oneof(leadId, fc.anything());
		const made = fc.record({ bell: fc.record({ leadId: value, more: fc.oneof(fc.array(value), value) }, { requiredKeys: [] }) });
		fc.assert(
			fc.property(fc.oneof(made, fc.anything(), fc.json(), fc.string()), (message) => {
				const found = leadIdsOfBell(message);
				expect(found.every(isLeadId)).toBe(true);
				expect(new Set(found).size).toBe(found.length);
			}),
			propertyRuns,
		);
	});
});
