const { default: Sequencer } = require('@jest/test-sequencer');

/** Tests that keep both processors busy by themselves, with a dozen workers each. */
const heavy = ['every-exchange.test.ts', 'storm.test.ts', 'fuzz.test.ts', 'bench.test.ts'];

/** jest's order, with the heavy tests evenly among the others: two of them at once would only wait for each other, until something times out. */
module.exports = class extends Sequencer {
	/** @type {InstanceType<typeof Sequencer>['sort']} */
	async sort(tests) {
		const sorted = await super.sort(tests);
		const isHeavy = (/** @type {{ path: string }} */ { path }) => heavy.some((name) => path.endsWith(name));
		const [few, order] = [sorted.filter(isHeavy), sorted.filter((test) => !isHeavy(test))];
		for (const [index, test] of few.entries()) order.splice(Math.floor((index * sorted.length) / few.length), 0, test);
		return order;
	}
};
