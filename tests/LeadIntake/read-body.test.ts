import { describe, expect, it } from '@jest/globals';
import { mostBytes, readBody } from '../../LeadIntake/read-body.ts';

/** Time that moves only when it is told to. */
function standStill() {
	const time = { now: 1_790_000_000_000, signals: [] as { at: number; controller: AbortController }[] };
	return Object.assign(time, {
		clock: () => time.now,
		deadline: (ms: number) => {
			const controller = new AbortController();
			time.signals.push({ at: time.now + ms, controller });
			return controller.signal;
		},
		/** Moves time on, second by second, and lets whatever waits go on. */
		pass: async (seconds: number) => {
			for (let second = 0; second < seconds; second++) {
				await new Promise((resolve) => setImmediate(resolve));
				time.now += 1000;
				for (const { at, controller } of time.signals) if (at <= time.now) controller.abort();
			}
			await new Promise((resolve) => setImmediate(resolve));
		},
	});
}

async function* chunksOf(...sizes: number[]) {
	for (const size of sizes) yield new Uint8Array(size);
}

const read = (stream: AsyncIterable<Uint8Array> | null) => readBody(stream, standStill());

/** A body whose sender speaks when it is told to. */
function sender() {
	let say: (chunk: IteratorResult<Uint8Array>) => void = () => undefined;
	let cancelled = false;
	const iterator: AsyncIterator<Uint8Array> = {
		next: () => new Promise((resolve) => (say = resolve)),
		return: async () => {
			cancelled = true;
			return { done: true, value: undefined };
		},
	};
	return {
		stream: { [Symbol.asyncIterator]: () => iterator },
		say: (text: string) => say({ done: false, value: Buffer.from(text) }),
		end: () => say({ done: true, value: undefined }),
		isCancelled: () => cancelled,
	};
}

describe('reading a body', () => {
	it('takes what comes in however many chunks', async () => {
		expect(await read(chunksOf(10, 0, 5))).toEqual({ bytes: Buffer.alloc(15), truncated: false, late: false });
		expect(await read(chunksOf(mostBytes))).toMatchObject({ bytes: { length: mostBytes }, truncated: false });
		expect(await read(null)).toEqual({ bytes: Buffer.alloc(0), truncated: false, late: false });
	});

	it('keeps 32 KiB, forgets what follows, and does not read for ever', async () => {
		let asked = 0;
		async function* endless() {
			for (;;) {
				asked++;
				yield new Uint8Array(1_000_000);
			}
		}
		expect(await read(chunksOf(mostBytes, 200_000))).toMatchObject({ bytes: { length: mostBytes }, truncated: true });
		expect(await read(endless())).toMatchObject({ bytes: { length: mostBytes }, truncated: true });
		expect(asked).toBe(17);
	});

	it('gives what came before the sender went away', async () => {
		async function* cutOff() {
			yield new Uint8Array(7);
			throw new Error('aborted');
		}
		expect(await read(cutOff())).toMatchObject({ bytes: { length: 7 }, truncated: false, late: false });
	});
});

describe('a body that stops coming', () => {
	const open = () => {
		const time = standStill();
		const from = sender();
		let body: Awaited<ReturnType<typeof readBody>> | undefined;
		const reading = readBody(from.stream, time).then((read) => (body = read));
		return { ...from, pass: time.pass, signals: time.signals, body: () => body, reading };
	};

	it('is given up after ten seconds of silence, with what came, and its connection is left for the answer', async () => {
		const it = open();
		it.say('{"Email":');
		await it.pass(9);
		expect(it.body()).toBeUndefined();
		await it.pass(2);
		expect(it.body()).toEqual({ bytes: Buffer.from('{"Email":'), truncated: false, late: true });
		expect(it.isCancelled()).toBe(false);
	});

	it('is given up after ten seconds when nothing came at all', async () => {
		const it = open();
		await it.pass(9);
		expect(it.body()).toBeUndefined();
		await it.pass(1);
		expect(it.body()).toEqual({ bytes: Buffer.alloc(0), truncated: false, late: true });
	});

	it('is waited for while it goes on', async () => {
		const it = open();
		await it.pass(9);
		it.say('a');
		await it.pass(9);
		it.say('b');
		await it.pass(9);
		it.end();
		expect(await it.reading).toEqual({ bytes: Buffer.from('ab'), truncated: false, late: false });
	});

	it('is given up ten seconds after its last byte, whenever that came', async () => {
		const it = open();
		await it.pass(7);
		it.say('a');
		await it.pass(9);
		expect(it.body()).toBeUndefined();
		await it.pass(2);
		expect(it.body()).toMatchObject({ bytes: Buffer.from('a'), late: true });
	});

	it('or comes byte by byte is given up after half a minute, and costs few timers', async () => {
		const it = open();
		for (let second = 0; second < 29; second++) {
			it.say('x');
			await it.pass(1);
		}
		expect(it.body()).toBeUndefined();
		await it.pass(1);
		expect(it.body()).toMatchObject({ bytes: { length: 29 }, late: true });
		expect(it.signals.length).toBeLessThan(10);
	});

	it('is given up too by a clock that stands still or jumps', async () => {
		for (const clock of [() => 0, () => Math.random() * 1e12]) {
			let deadlines = 0;
			async function* forever() {
				yield Buffer.from('{}');
				await new Promise(() => undefined);
			}
			const deadline = () => {
				deadlines++;
				return AbortSignal.abort();
			};
			expect(await readBody(forever(), { clock, deadline })).toMatchObject({ late: true });
			expect(deadlines).toBeLessThan(5);
		}
	});
});
