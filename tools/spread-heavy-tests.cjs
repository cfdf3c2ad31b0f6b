const { default: Sequencer } = require('@jest/test-sequencer');

/** Tests that keep both processors busy by themselves, with a dozen workers each. */
const heavy = ['every-exchange.test.ts', 'storm.test.ts', 'fuzz.test.ts', 'bench.test.ts'];

/** Tests that wait for most of their time, or are long: begun last, they would be waited for alone. */
const long = [
	'pages-in-a-browser',
	'send-test',
	'drain',
	'every-fault',
	'queue-trigger',
	'what-is-seen',
	'start/start',
	'bench/beside',
	'infra/template',
].map((name) => `${name}.test.ts`);

/**
 * The long tests first, then jest's order, with the heavy ones evenly among the first half: two of them at once would only wait for each other, until
 * something times out, and the last of them must not be the end of all. There are more workers than processors, because most tests wait for something.
 */
module.exports = class extends Sequencer {
	/** @type {InstanceType<typeof Sequencer>['sort']} */
	async sort(tests) {
		const sorted = await super.sort(tests);
		const rankIn = (/** @type {string[]} */ names, /** @type {{ path: string }} */ { path }) =>
			names.findIndex((name) => path.endsWith(name));
		const ranked = (/** @type {string[]} */ names) =>
			sorted.filter((test) => rankIn(names, test) >= 0).sort((one, other) => rankIn(names, one) - rankIn(names, other));
		const [few, first] = [ranked(heavy), ranked(long)];
		const order = [...first, ...sorted.filter((test) => !few.includes(test) && !first.includes(test))];
		for (const [index, test] of few.entries()) order.splice(Math.floor((index * sorted.length) / (2 * few.length)), 0, test);
		return order;
	}
};
