import { describe, expect, it } from '@jest/globals';
import type { RpcLogLevel } from '../../../sandbox/runner/core-api.ts';
import { toHumanLine } from '../../../sandbox/start/to-human-line.ts';

const said = (message: string | object, level: RpcLogLevel = 'information') =>
	toHumanLine({ kind: 'log', level, message: typeof message === 'string' ? message : JSON.stringify(message) });

describe('A line for the terminal', () => {
	const attempt = { event: 'delivery.attempted', leadId: 'L', destination: 'crm', attempt: 2, tookMs: 35, sinceReceivedMs: 1234 };

	it.each([
		[{ event: 'lead.accepted', leadId: 'L', bell: 'rung' }, 'lead L accepted'],
		[
			{ event: 'lead.accepted', leadId: 'L', spilled: true, failed: ['journal: ECONNREFUSED'] },
			'lead L accepted; it waits in the spill, because the journal cannot be written (journal: ECONNREFUSED)',
		],
		[{ event: 'lead.duplicate', leadId: 'L' }, 'lead L posted again: a duplicate, not delivered again'],
		[{ event: 'lead.rejected', id: 'P', status: 400, issues: 1 }, 'payload P rejected with 400: 1 issue'],
		[
			{ event: 'lead.unaccepted', id: 'P', failed: ['journal: X', 'spill: Y'] },
			'payload P refused with 503: nothing can be stored (journal: X, spill: Y)',
		],
		[{ ...attempt, outcome: 'delivered' }, 'lead L delivered to crm (attempt 2, 35 ms, 1.2 s after it was posted)'],
		[
			{ ...attempt, outcome: 'transient', code: '503', dueInMs: 30_000 },
			'lead L not delivered to crm: transient, 503 (attempt 2); next attempt in 30 s',
		],
		[{ ...attempt, outcome: 'permanent', code: '400' }, 'lead L not delivered to crm: permanent, 400 (attempt 2)'],
		[
			{ event: 'delivery.parked', leadId: 'L', destination: 'crm', code: '400' },
			'lead L parked for crm (400): someone must decide (npm run leads -- show L)',
		],
		[
			{ event: 'delivery.misconfigured', names: ['EMAIL_FROM'], problem: 'is missing', allowed: 'an address' },
			'EMAIL_FROM is missing; allowed: an address',
		],
		[
			{ event: 'delivery.misconfigured', leadId: 'L', destination: 'email', code: '403', names: ['EMAIL_FROM'] },
			'email: check EMAIL_FROM (403)',
		],
		[
			{ event: 'journal.checked', pending: 2, oldestPendingMs: 5000, undecided: 0, misconfigured: [], parked: 1, lastLeadAt: 'x' },
			'journal: 2 pending, 1 parked',
		],
		[
			{
				event: 'delivery.postponed',
				leadId: 'L',
				destination: 'crm',
				until: '2026-11-23T15:05:00+01:00',
				why: 'configuration',
				code: '403',
			},
			'lead L waits: crm is paused until 14:05:00, because a setting or a permission is wrong (403)',
		],
		[
			{ event: 'delivery.resumed', leadId: 'L', destination: 'crm', code: '400' },
			'lead L is no longer parked for crm: several leads in a row were refused for the same reason (400)',
		],
		[{ event: 'some.thing', id: 1, list: ['a'] }, 'some.thing id=1 list=["a"]'],
	])('%j', (event, text) => {
		expect(said(event)?.text).toBe(text);
	});

	it('is none for a journal in which nothing waits', () => {
		expect(said({ event: 'journal.checked', pending: 0, oldestPendingMs: 0, misconfigured: [], parked: 0 })).toBeUndefined();
	});

	it('is the message itself where it is no event', () => {
		expect(['plain', '{"event":', '{"a":1}'].map((message) => said(message)?.text)).toEqual(['plain', '{"event":', '{"a":1}']);
	});

	it('stands out by its level, and by a delivery', () => {
		const levels: RpcLogLevel[] = ['information', 'warning', 'error', 'critical'];
		expect(levels.map((level) => said('x', level)?.level)).toEqual(['info', 'warn', 'error', 'error']);
		expect(said({ ...attempt, outcome: 'delivered' })?.level).toBe('good');
	});

	it('cannot play tricks on a terminal', () => {
		expect(said({ event: 'lead.accepted', leadId: '\u001b[2J\u0007L\r\u202e' })?.text).toBe('lead L accepted');
	});
});
