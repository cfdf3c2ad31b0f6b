import { describe, expect, it } from '@jest/globals';
import { everyExchange } from '../../chaos/every-exchange.ts';
import { isRed } from '../../chaos/tally.ts';

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
	'webhook POST /leads',
	'queue DELETE /bells/messages',
];

/** The short form of `npm run chaos`; the long form's figures are in docs/reliability.md. */
describe('no accepted lead is lost', () => {
	it('when the worker is killed before or after any exchange of the main way, or hears a success of any change that was not made', async () => {
		const results = await everyExchange(['lead'], 12, () => undefined, { brief: true });
		expect(results.filter(isRed).map(({ exchanges, ...red }) => red)).toEqual([]);
		const cutBy = (isHow: (how: string) => boolean) =>
			results.flatMap(({ cut, isCut }) => (cut && isCut && isHow(cut.how) ? [`${cut.when} ${cut.what}`] : []));
		const killedAt = cutBy((how) => how === 'kill');
		const answeredAt = cutBy((how) => how !== 'kill');
		for (const exchange of mainWay) {
			expect(killedAt).toContainEqual(expect.stringMatching(`^after ${exchange}`));
			if (!exchange.includes('heard')) expect(killedAt).toContainEqual(expect.stringMatching(`^before ${exchange}`));
			if (!exchange.includes(' GET ') && !exchange.startsWith('webhook'))
				expect(answeredAt).toContainEqual(expect.stringMatching(`^before ${exchange}`));
		}
	}, 300_000);
});
