import { describe, expect, it } from '@jest/globals';
import { storm } from '../../chaos/storm.ts';

/** The short form of `npm run chaos`; the long form's figures are in docs/reliability.md. */
describe('no accepted lead is lost', () => {
	it('in a storm of kills, outages, lost answers and hangs, no record is doubled, and an endpoint that knows a repetition has each once', async () => {
		const result = await storm({ seed: 1, leads: 300, kills: 8, minutes: 0.2, drainMinutes: 2, clockShiftSeconds: 5 });
		expect(result).toMatchObject({ lost: 0, recordDoubles: 0, recordsChanged: 0, receivedDoubles: 0, unexplained: 0, parked: 0 });
		expect(result.received).toBe(result.accepted);
		expect(result.kills).toBeGreaterThanOrEqual(8);
		expect(result.accepted).toBeGreaterThanOrEqual(300);
	}, 240_000);
});
