import { describe, expect, it } from '@jest/globals';
import { reportAttempt } from '../../LeadDelivery/report-attempt.ts';
import type { LogLine } from '../../shared/basics/log.ts';
import { newDelivery } from '../../shared/delivery/delivery.ts';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import type { JournaledLead } from '../../shared/journal/entries.ts';

function report(outcome: Outcome): LogLine[] {
	const lines: LogLine[] = [];
	const lead = { leadId: '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d', receivedAt: 0 } as JournaledLead;
	const delivery = { ...newDelivery(0), attempts: 1 };
	const claimed = { destination: 'crm', delivery };
	reportAttempt({ lead, claimed, outcome, after: undefined, end: { now: 5, tookMs: 2 } }, (line) => void lines.push(line));
	return lines;
}
const proof = { id: 'x', how: 'created' };

describe('the report of an attempt', () => {
	it('names the settings to mend although the lead is delivered', () => {
		const warnings = ['DATAVERSE_FIELDS.new_gone: is not a column of leads that can be filled'];
		expect(report({ kind: 'delivered', proof, warnings })[1]).toEqual({
			event: 'delivery.misconfigured',
			level: 'warn',
			leadId: '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d',
			destination: 'crm',
			attempt: 1,
			outcome: 'delivered',
			code: 'settings',
			names: warnings,
		});
	});

	it('tells the cause in our own words, and nothing of what the destination says', () => {
		const cause = 'the application user of the identity is disabled';
		const reason = `${cause}: The user Ada Lovelace is disabled.`;
		const [, line] = report({ kind: 'configuration', code: '403 0x80040225', reason, cause, remedy: 'Activate it.', names: ['user'] });
		expect(line).toMatchObject({ event: 'delivery.misconfigured', code: '403 0x80040225', cause, names: ['user'] });
		expect(JSON.stringify(line)).not.toContain('Ada');
	});

	it('is one line when nothing is to be mended', () => {
		expect(report({ kind: 'delivered', proof })).toHaveLength(1);
	});
});
