import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StorageError } from '../../../../shared/storage/account/storage-error.ts';
import { type GroupOptions, groupCommits } from '../../../../shared/storage/tables/group-commits.ts';
import type { Refusal } from '../../../../shared/storage/tables/read-transaction.ts';
import type { Action } from '../../../../shared/storage/tables/row.ts';
import type { Part } from '../../../../shared/storage/tables/to-part.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

/** What is wrong with a row, whatever is in the table: storage names it, or not. */
type Fault = 'named' | 'unnamed';
/** How a request ends, whatever is in it. */
type Weather = 'well' | 'lost before' | 'lost after' | 'busy';

interface Request {
	parts: Part[];
	signal: AbortSignal;
	/** Does what is asked, and answers. */
	end: (weather: Weather) => void;
}

const lost = new Error('the connection was closed half-way');

/** A table whose requests end when a test says so. `writers` tells by whom each row was written. */
function tableOfTests(there: Iterable<string> = []) {
	const writers = new Map<string, string[]>([...there].map((key) => [key, ['before']]));
	const open: Request[] = [];
	const requests: Request[] = [];

	function apply(parts: Part[]): Refusal | undefined {
		const texts = parts.map(({ text }) => JSON.parse(text) as { by: string; fault?: Fault });
		if (texts.some(({ fault }) => fault === 'unnamed')) throw new StorageError('wrong', { statusCode: 400, code: 'InvalidInput' });
		for (const [row, { rowKey }] of parts.entries()) {
			if (texts[row]?.fault) throw new StorageError(`${row}:wrong`, { statusCode: 400, code: 'PropertyValueTooLarge', row });
			if (writers.has(rowKey)) return { row, why: 'exists' };
		}
		for (const [row, { rowKey }] of parts.entries()) writers.set(rowKey, [...(writers.get(rowKey) ?? []), texts[row]?.by ?? '']);
		return undefined;
	}

	const table = {
		prepare: (actions: Action[]): Part[] =>
			actions.map(([, row]) => {
				const { partitionKey, rowKey, bytes = 1, ...text } = row as { partitionKey: string; rowKey: string; bytes?: number };
				return { partitionKey, rowKey, text: JSON.stringify(text), bytes };
			}),
		send: (parts: Part[], signal: AbortSignal) =>
			new Promise<Refusal | undefined>((resolve, reject) => {
				const request: Request = {
					parts,
					signal,
					end: (weather) => {
						open.splice(open.indexOf(request), 1);
						if (weather === 'lost before') return reject(lost);
						if (weather === 'busy') return reject(new StorageError('busy', { statusCode: 503, code: 'ServerBusy' }));
						try {
							const refusal = apply(parts);
							if (weather === 'lost after') reject(lost);
							else resolve(refusal);
						} catch (error) {
							reject(error);
						}
					},
				};
				signal.addEventListener('abort', () => {
					const at = open.indexOf(request);
					if (at >= 0) open.splice(at, 1);
					reject(signal.reason);
				});
				open.push(request);
				requests.push(request);
			}),
	};
	return { table, writers, open, requests };
}

const create = (
	by: string,
	keys: string[],
	{ fault, bytes = 1, partitionKey = 'p' }: { fault?: Fault; bytes?: number; partitionKey?: string } = {},
) =>
	keys.map((rowKey, place): Action => {
		const columns = { by, bytes, ...(fault && place === keys.length - 1 && { fault }) };
		return ['create', { partitionKey, rowKey, ...columns }];
	});

/** Lets whoever waits for what has happened go on, until no one does: what waits for a turn of the event loop, too. */
const settle = async () => {
	for (let turns = 0; turns < 2; turns++) await new Promise((resolve) => setImmediate(resolve));
};

interface Planned {
	keys: string[];
	fault?: Fault;
	bytes: number;
	/** Its time is over before this step. */
	leavesAt?: number;
	/** It comes before this step. */
	comesAt: number;
}

const rowKeys = fc.uniqueArray(fc.integer({ min: 0, max: 25 }).map(String), { minLength: 1, maxLength: 5 });
const planned: fc.Arbitrary<Planned> = fc.record(
	{
		keys: rowKeys,
		fault: fc.constantFrom<Fault>('named', 'unnamed'),
		bytes: fc.integer({ min: 1, max: 30 }),
		leavesAt: fc.nat(12),
		comesAt: fc.nat(4),
	},
	{ requiredKeys: ['keys', 'bytes', 'comesAt'] },
);
const usual = planned.map(({ fault, leavesAt, ...rest }): Planned => rest);
const plans = fc.array(fc.oneof({ arbitrary: usual, weight: 3 }, planned), { minLength: 1, maxLength: 14 });
const weather = fc.oneof(
	{ arbitrary: fc.constant<Weather>('well'), weight: 4 },
	fc.constantFrom<Weather>('lost before', 'lost after', 'busy'),
);
/** Never over in a test. */
const longMs = 3_600_000;
const options = fc.record({
	mostRows: fc.integer({ min: 5, max: 20 }),
	mostBytes: fc.integer({ min: 400, max: 3000 }),
});

type End = { kind: 'committed' } | { kind: 'refused'; row: number } | { kind: 'thrown'; error: unknown };

/** Plays a plan to its end: who comes, who leaves, and one request after the other, each with its weather. */
async function play(plans: Planned[], skies: Weather[], { there = [], ...options }: GroupOptions & { there?: string[] }) {
	const scene = tableOfTests(there);
	const commit = groupCommits(scene.table, { patienceMs: longMs, ...options });
	const ends: (End | undefined)[] = plans.map(() => undefined);
	const reasons = plans.map((_, index) => new Error(`the time of ${index} is over`));
	const aborts = plans.map(() => new AbortController());
	let most = 0;
	let sharedRows = 0;
	for (let step = 0; step < 200; step++) {
		for (const [index, { comesAt, keys, fault, bytes }] of plans.entries())
			if (comesAt === step)
				void commit(create(String(index), keys, { bytes, ...(fault && { fault }) }), (aborts[index] as AbortController).signal).then(
					(refusal) => {
						ends[index] = refusal ? { kind: 'refused', row: refusal.row } : { kind: 'committed' };
					},
					(error) => {
						ends[index] = { kind: 'thrown', error };
					},
				);
		for (const [index, { leavesAt, comesAt }] of plans.entries())
			if (leavesAt === step || (leavesAt !== undefined && leavesAt < comesAt && comesAt === step)) aborts[index]?.abort(reasons[index]);
		await settle();
		most = Math.max(most, scene.open.length);
		const keysUnderWay = scene.open.flatMap(({ parts }) => parts.map(({ rowKey }) => rowKey));
		sharedRows += keysUnderWay.length - new Set(keysUnderWay).size;
		scene.open[step % Math.max(1, scene.open.length)]?.end(skies[step % skies.length] ?? 'well');
		await settle();
		if (step > 4 && ends.every(Boolean)) break;
	}
	return { ...scene, ends: ends as End[], reasons, most, sharedRows };
}

const wroteAll = (writers: Map<string, string[]>, by: number, keys: string[]) =>
	keys.every((key) => writers.get(key)?.includes(String(by)));
const wroteNone = (writers: Map<string, string[]>, by: number) => ![...writers.values()].flat().includes(String(by));

describe('transactions that go together', () => {
	it('end as if each had gone alone, whatever is refused, lost or given up', async () => {
		await fc.assert(
			fc.asyncProperty(
				plans,
				fc.array(weather, { minLength: 1, maxLength: 20 }),
				options,
				fc.constantFrom(1, longMs),
				fc.array(fc.nat(25).map(String), { maxLength: 3 }),
				async (plans, skies, options, patienceMs, there) => {
					const { ends, writers, reasons, sharedRows } = await play(plans, skies, { ...options, patienceMs, there });
					expect(sharedRows).toBe(0);
					for (const [index, end] of ends.entries()) {
						const { keys, fault, leavesAt } = plans[index] as Planned;
						expect(end).toBeDefined();
						const all = wroteAll(writers, index, keys);
						const none = wroteNone(writers, index);
						expect(all || none).toBe(true);
						if (end.kind === 'committed') expect([all, fault]).toEqual([true, undefined]);
						if (end.kind === 'refused') {
							expect(none).toBe(true);
							// The row that is named was written by another.
							expect(writers.get(keys[end.row] ?? '')).toBeDefined();
						}
						if (end.kind === 'thrown' && end.error instanceof StorageError) expect(none).toBe(true);
						if (end.kind === 'thrown' && end.error === reasons[index]) expect(leavesAt).toBeDefined();
						else if (end.kind === 'thrown' && end.error instanceof StorageError && end.error.row !== undefined)
							expect([fault, end.error.row, end.error.message]).toEqual(['named', keys.length - 1, `${keys.length - 1}:wrong`]);
					}
					for (const by of writers.values()) expect(by).toHaveLength(1);
				},
			),
			propertyRuns,
		);
	});

	it('go in requests of at most so many rows and bytes, each row once, one at a time', async () => {
		await fc.assert(
			fc.asyncProperty(plans, fc.array(weather, { minLength: 1, maxLength: 20 }), options, async (plans, skies, options) => {
				const { requests, most } = await play(plans, skies, options);
				for (const { parts } of requests) {
					const isAlone = new Set(parts.map(({ text }) => JSON.parse(text).by)).size === 1;
					const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
					expect(new Set(parts.map(({ rowKey }) => rowKey)).size).toBe(parts.length);
					if (!isAlone) expect([parts.length <= options.mostRows, bytes <= options.mostBytes]).toEqual([true, true]);
				}
				// Alone, those of one group may go at the same time.
				if (
					plans.every(({ fault }) => !fault) &&
					new Set(plans.flatMap(({ keys }) => keys)).size === plans.flatMap(({ keys }) => keys).length
				)
					expect(most).toBeLessThanOrEqual(1);
			}),
			propertyRuns,
		);
	});

	it('all commit but those that are wrong themselves, when nothing is lost', async () => {
		const apart = fc.array(fc.option(fc.constantFrom<Fault | 'there'>('named', 'unnamed', 'there'), { nil: undefined }), {
			minLength: 1,
			maxLength: 30,
		});
		await fc.assert(
			fc.asyncProperty(apart, options, async (faults, options) => {
				const plans = faults.map(
					(fault, index): Planned => ({
						keys: [`${index} a`, `${index} b`],
						bytes: 1,
						comesAt: 0,
						...(fault && fault !== 'there' && { fault }),
					}),
				);
				const there = faults.flatMap((fault, index) => (fault === 'there' ? [`${index} b`] : []));
				const { ends } = await play(plans, ['well'], { ...options, there });
				expect(ends.map((end) => (end.kind === 'thrown' ? (end.error as StorageError).code : end))).toEqual(
					faults.map((fault) => {
						if (fault === 'there') return { kind: 'refused', row: 1 };
						if (!fault) return { kind: 'committed' };
						return fault === 'named' ? 'PropertyValueTooLarge' : 'InvalidInput';
					}),
				);
			}),
			propertyRuns,
		);
	});

	it('lose nobody’s turn: a refusal or a lost answer leaves none waiting', async () => {
		await fc.assert(
			fc.asyncProperty(plans, fc.array(weather, { minLength: 1, maxLength: 5 }), async (plans, skies) => {
				const { ends, open } = await play(plans, skies, {});
				expect([ends.every(Boolean), open]).toEqual([true, []]);
			}),
			propertyRuns,
		);
	});
});

const never = () => new AbortController().signal;

describe('a transaction', () => {
	it('that is alone goes at once, by itself, with its own signal', async () => {
		const { table, requests, open } = tableOfTests();
		const { signal } = new AbortController();
		const end = groupCommits(table)(create('1', ['a', 'b']), signal);
		await settle();
		expect(requests).toHaveLength(1);
		expect(requests[0]?.signal).toBe(signal);
		open[0]?.end('well');
		expect(await end).toBeUndefined();
	});

	it('that comes at the same moment as others goes with them', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table);
		const ends = ['1', '2', '3'].map((by) => commit(create(by, [by]), never()));
		await settle();
		expect(requests.map(({ parts }) => parts.map(({ rowKey }) => rowKey))).toEqual([['1', '2', '3']]);
		open[0]?.end('well');
		expect(await Promise.all(ends)).toEqual([undefined, undefined, undefined]);
	});

	it('that comes while another is under way goes with all others that do', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table);
		const ends = [commit(create('1', ['1']), never())];
		await settle();
		ends.push(...['2', '3', '4'].map((by) => commit(create(by, [by]), never())));
		open[0]?.end('well');
		await settle();
		expect(requests.map(({ parts }) => parts.map(({ rowKey }) => rowKey))).toEqual([['1'], ['2', '3', '4']]);
		open[0]?.end('well');
		expect(await Promise.all(ends)).toEqual([undefined, undefined, undefined, undefined]);
	});

	it('does not wait for a request that takes long', async () => {
		const { table, requests, open, writers } = tableOfTests();
		const commit = groupCommits(table, { patienceMs: 1 });
		const leaves = new AbortController();
		const hangs = expect(commit(create('1', ['1']), leaves.signal)).rejects.toThrow('over');
		await settle();
		const second = commit(create('2', ['2']), never());
		while (requests.length < 2) await settle();
		open[1]?.end('well');
		expect(await second).toBeUndefined();
		leaves.abort(new Error('over'));
		await hangs;
		expect([...writers.keys()]).toEqual(['2']);
	});

	it('waits for a request that takes long when it shares a row with it, and so does who shares a row with the waiting one', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table, { patienceMs: 1 });
		const ends = [commit(create('1', ['a']), never())];
		await settle();
		ends.push(...[['a', 'b'], ['b', 'c'], ['d']].map((keys, at) => commit(create(String(at + 2), keys), never())));
		while (requests.length < 2) await settle();
		open[1]?.end('well');
		expect(await ends[3]).toBeUndefined();
		await settle();
		for (let left = 0; left < 3; left++) {
			open[0]?.end('well');
			await settle();
		}
		expect(await Promise.all(ends)).toEqual([undefined, { row: 0, why: 'exists' }, undefined, undefined]);
		expect(requests.map(({ parts }) => parts.map(({ rowKey }) => rowKey).join(''))).toEqual(['a', 'd', 'ab', 'bc']);
	});

	it('that is refused by storage as a whole, because it is of two partitions, is sent all the same', async () => {
		const { table, requests, open } = tableOfTests();
		const end = groupCommits(table)([...create('1', ['a']), ...create('1', ['b'], { partitionKey: 'other' })], never());
		await settle();
		expect(requests).toHaveLength(1);
		open[0]?.end('lost before');
		await expect(end).rejects.toBe(lost);
	});

	it('that shares a row with one before it waits for the next request, and keeps its place before those behind it', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table);
		const come = (keys: string[], by: number) => commit(create(String(by), keys), never());
		const ends = [come(['x'], 0)];
		await settle();
		ends.push(...[['a', 'b'], ['b', 'c'], ['c', 'd'], ['e']].map((keys, at) => come(keys, at + 1)));
		for (let left = 0; left < 5; left++) {
			open[0]?.end('well');
			await settle();
		}
		const groups = requests.map(({ parts }) => parts.map(({ rowKey }) => rowKey).join(''));
		expect(groups.slice(0, 3)).toEqual(['x', 'abe', 'bc']);
		expect(await Promise.all(ends)).toEqual([undefined, undefined, { row: 0, why: 'exists' }, undefined, undefined]);
	});

	it('of another partition does not go along', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table);
		const ends = [commit(create('1', ['1']), never())];
		await settle();
		ends.push(
			commit(create('2', ['2']), never()),
			commit(create('3', ['3'], { partitionKey: 'other' }), never()),
			commit(create('4', ['4']), never()),
		);
		for (let left = 0; left < 3; left++) {
			open[0]?.end('well');
			await settle();
		}
		await Promise.all(ends);
		expect(requests.map(({ parts }) => parts.map(({ rowKey }) => rowKey).join(''))).toEqual(['1', '24', '3']);
	});

	it('whose time is over while it waits is not sent, and one whose time is over on the way leaves the others', async () => {
		const { table, requests, open, writers } = tableOfTests();
		const commit = groupCommits(table);
		const [waits, leaves] = [new AbortController(), new AbortController()];
		const first = commit(create('1', ['1']), never());
		await settle();
		const given = expect(commit(create('2', ['2']), waits.signal)).rejects.toThrow('over');
		const gone = expect(commit(create('3', ['3']), leaves.signal)).rejects.toThrow('over');
		const stays = commit(create('4', ['4']), never());
		waits.abort(new Error('over'));
		await given;
		open[0]?.end('well');
		await first;
		await settle();
		leaves.abort(new Error('over'));
		await gone;
		expect(requests[1]?.signal.aborted).toBe(false);
		open[0]?.end('well');
		expect(await stays).toBeUndefined();
		expect([...writers.keys()]).toEqual(['1', '3', '4']);
	});

	it('whose time is over is not sent again with those that go again after a refusal', async () => {
		const { table, requests, open } = tableOfTests(['refused']);
		const commit = groupCommits(table);
		const leaves = new AbortController();
		const first = commit(create('1', ['1']), never());
		await settle();
		const refused = commit(create('2', ['refused']), never());
		const gone = expect(commit(create('3', ['3']), leaves.signal)).rejects.toThrow('over');
		const others = ['4', '5'].map((by) => commit(create(by, [by]), never()));
		open[0]?.end('well');
		await first;
		await settle();
		leaves.abort(new Error('over'));
		await gone;
		open[0]?.end('well');
		await settle();
		open[0]?.end('well');
		expect(await Promise.all([refused, ...others])).toEqual([{ row: 0, why: 'exists' }, undefined, undefined]);
		expect(requests.map(({ parts }) => parts.map(({ rowKey }) => rowKey))).toEqual([['1'], ['refused', '3', '4', '5'], ['4', '5']]);
	});

	it('is given up with its request when nobody waits for it any more', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table);
		const aborts = [new AbortController(), new AbortController()];
		const first = commit(create('1', ['1']), never());
		await settle();
		const others = aborts.map(({ signal }, index) =>
			expect(commit(create(`${index + 2}`, [`${index + 2}`]), signal)).rejects.toThrow('over'),
		);
		open[0]?.end('well');
		await first;
		await settle();
		for (const abort of aborts) abort.abort(new Error('over'));
		await Promise.all(others);
		expect(requests[1]?.signal.aborted).toBe(true);
		const next = commit(create('4', ['4']), never());
		await settle();
		open[0]?.end('well');
		expect(await next).toBeUndefined();
	});

	it('is told of a missing table by each of those that went together', async () => {
		const { table, requests } = tableOfTests();
		const missing = () => new StorageError('0:no table', { statusCode: 404, code: 'TableNotFound', row: 0 });
		let sent = 0;
		const send = async (...[parts, signal]: Parameters<typeof table.send>) => {
			if (++sent > 1) throw missing();
			return table.send(parts, signal);
		};
		const commit = groupCommits({ ...table, send });
		const ends = [commit(create('1', ['1']), never())];
		await settle();
		ends.push(...['2', '3'].map((by) => commit(create(by, [by]), never())));
		requests[0]?.end('well');
		expect(await Promise.allSettled(ends)).toMatchObject([
			{ status: 'fulfilled' },
			{ status: 'rejected', reason: { code: 'TableNotFound' } },
			{ status: 'rejected', reason: { code: 'TableNotFound' } },
		]);
	});

	it('fails by itself when it cannot be written at all', async () => {
		const { table, requests } = tableOfTests();
		const prepare = () => {
			throw new TypeError('no column can hold it');
		};
		await expect(groupCommits({ ...table, prepare })(create('1', ['1']), never())).rejects.toThrow(TypeError);
		await expect(groupCommits(table)(create('1', ['1']), AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
		expect(requests).toEqual([]);
	});

	it('fills a request to its last row and byte', async () => {
		const { table, requests, open } = tableOfTests();
		const commit = groupCommits(table);
		const come = (by: number) => commit(create(String(by), [`${by} a`, `${by} b`, `${by} c`]), never());
		const ends = [come(0)];
		await settle();
		ends.push(...Array.from({ length: 59 }, (_, at) => come(at + 1)));
		for (let left = 0; left < 3; left++) {
			open[0]?.end('well');
			await settle();
		}
		await Promise.all(ends);
		expect(requests.map(({ parts }) => parts.length)).toEqual([3, 99, 78]);
		const heavy = tableOfTests();
		const commitHeavy = groupCommits(heavy.table);
		const mebi = 1024 * 1024;
		const comeHeavy = (by: number) => commitHeavy(create(String(by), [String(by)], { bytes: mebi }), never());
		const heavies = [comeHeavy(0)];
		await settle();
		heavies.push(...Array.from({ length: 4 }, (_, at) => comeHeavy(at + 1)));
		for (let left = 0; left < 3; left++) {
			heavy.open[0]?.end('well');
			await settle();
		}
		await Promise.all(heavies);
		expect(heavy.requests.map(({ parts }) => parts.length)).toEqual([1, 3, 1]);
	});
});
