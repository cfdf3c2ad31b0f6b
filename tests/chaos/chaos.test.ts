import { describe, expect, it } from '@jest/globals';
import { everyExchange, isRed } from './every-exchange.ts';
import { fuzz } from './fuzz.ts';
import { storm } from './storm.ts';

/** What a lead cannot do without. */
const mainWay = [
	'table POST /\\$batch', // acceptance, claim, outcomes
	'queue POST /bells/messages',
	'queue GET /bells/messages .heard',
	"table GET /journal.PartitionKey='journal',RowKey='l.<time>.<id>'",
	"table GET /journal.PartitionKey='journal',RowKey='r.email'",
	'identity GET /identity/token',
	'graph POST .*/sendMail',
	'dataverse GET .*EntityDefinitions',
	'dataverse PATCH .*/leads',
	'queue DELETE /bells/messages',
];

/** The short form of `npm run chaos`; the long form's figures are in docs/reliability.md. */
describe('no accepted lead is lost', () => {
	it('when the worker is killed before or after any exchange of the main way', async () => {
		const results = await everyExchange(['lead'], 24, () => undefined, { brief: true });
		expect(results.filter(isRed).map(({ exchanges, ...counts }) => counts)).toEqual([]);
		const killedAt = results.flatMap(({ point, killed }) => (point && killed ? [`${point.when} ${point.what}`] : []));
		for (const exchange of mainWay) {
			expect(killedAt).toContainEqual(expect.stringMatching(`^after ${exchange}`));
			if (!exchange.includes('heard')) expect(killedAt).toContainEqual(expect.stringMatching(`^before ${exchange}`));
		}
	}, 180_000);

	it('in a storm of kills, outages, lost answers and hangs, and no record is doubled', async () => {
		const result = await storm({ seed: 1, leads: 300, kills: 8, minutes: 0.3, drainMinutes: 2 });
		expect(result).toMatchObject({ lost: 0, recordDoubles: 0, recordsChanged: 0, unexplained: 0, parked: 0 });
		expect(result.kills).toBeGreaterThanOrEqual(8);
		expect(result.accepted).toBeGreaterThanOrEqual(300);
	}, 240_000);

	it('whatever bytes are posted', async () => {
		const result = await fuzz({ seed: 1, bodies: 1000 });
		expect(result).toMatchObject({ serverErrors: 0, deaths: 0, missing: 0 });
		expect(Object.keys(result.answers)).toEqual(expect.arrayContaining(['202', '400']));
	}, 60_000);
});
