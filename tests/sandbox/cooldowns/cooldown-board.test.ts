import { describe, expect, it } from '@jest/globals';
import { createCooldownBoard } from '../../../sandbox/cooldowns/cooldown-board.ts';
import { cooldownText } from '../../../sandbox/pages/cooldown-text.ts';

const begun = Date.parse('2026-11-23T14:00:00Z');
const minute = 60_000;
const postponed = (leadId: string, more = {}) => ({
	event: 'delivery.postponed',
	leadId,
	destination: 'crm',
	until: '2026-11-23T14:05:00.000Z',
	why: 'configuration',
	code: '403',
	...more,
});
const attempted = (outcome: string, more = {}) => ({ event: 'delivery.attempted', leadId: 'a', destination: 'crm', outcome, ...more });

function boardThatHeard(...events: object[]) {
	const at = { now: begun };
	const board = createCooldownBoard(() => at.now);
	let changes = 0;
	board.listen(() => changes++);
	for (const event of events) board.hear(JSON.stringify(event));
	return { board, at, changes: () => changes };
}

describe('the board of rests', () => {
	it('counts the leads that wait, each once, by destination', () => {
		const { board, changes } = boardThatHeard(postponed('a'), postponed('b'), postponed('b'), postponed('a', { destination: 'email' }));
		expect(board.all().map(({ destination, leads }) => [destination, leads])).toEqual([
			['crm', 2],
			['email', 1],
		]);
		expect(changes()).toBe(4);
	});

	it.each(['delivered', 'permanent'])('forgets a destination that has answered: %s', (outcome) => {
		expect(boardThatHeard(postponed('a'), attempted(outcome)).board.all()).toEqual([]);
	});

	it('goes on when the lead that tries it fails', () => {
		const { board } = boardThatHeard(postponed('a'), attempted('configuration', { code: '401', dueInMs: 2 * minute }));
		expect(board.all()).toMatchObject([{ until: '2026-11-23T14:02:00.000Z', code: '401', leads: 1 }]);
	});

	it('forgets what is long over, and hears nothing in other lines', () => {
		const { board, at, changes } = boardThatHeard(attempted('transient', { dueInMs: 1 }), { event: 'journal.checked' });
		board.hear('some text');
		board.hear('{"event":');
		expect(changes()).toBe(0);
		board.hear(JSON.stringify(postponed('a')));
		at.now += 7 * minute;
		expect(board.all()).toEqual([]);
	});

	it('says it in words', () => {
		const [cooldown] = boardThatHeard(postponed('a'), postponed('b')).board.all();
		expect(cooldown && cooldownText(cooldown)).toMatch(
			/^2 leads wait: crm is paused until .*, because a setting or a permission is wrong \(403\)$/,
		);
	});
});
