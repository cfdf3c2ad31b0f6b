import type { AccessToken } from '@azure/identity';
import { describe, expect, it } from '@jest/globals';
import { keepTokens } from '../../../shared/tokens/keep-tokens.ts';

const minute = 60_000;

/** Tokens asked for by hand: each question is answered by the test. */
function open() {
	const at = { now: 1_790_000_000_000 };
	const questions: { scope: string; signal: AbortSignal; answer: (token: Partial<AccessToken>) => void; fail: (error: Error) => void }[] =
		[];
	const credential = keepTokens(
		(scope, signal) =>
			new Promise((resolve, reject) => {
				signal.addEventListener('abort', () => reject(signal.reason));
				questions.push({
					scope,
					signal,
					answer: (token) => resolve({ token: 'a', expiresOnTimestamp: at.now + 60 * minute, ...token }),
					fail: reject,
				});
			}),
		() => at.now,
	);
	const get = async (signal?: AbortSignal, scope = 'one') =>
		(await credential.getToken(scope, { ...(signal && { abortSignal: signal }) }))?.token;
	return { at, questions, get };
}

describe('keepTokens', () => {
	it('asks once for callers at the same moment, and once for each scope', async () => {
		const { questions, get } = open();
		const both = Promise.all([get(), get(), get(undefined, 'another')]);
		expect(questions.map(({ scope }) => scope)).toEqual(['one', 'another']);
		for (const { scope, answer } of questions) answer({ token: scope });
		expect(await both).toEqual(['one', 'one', 'another']);
	});

	it('asks again beside a question that a caller has given up on, and takes whichever answer comes first', async () => {
		for (const first of [0, 1]) {
			const { questions, get } = open();
			const gone = new AbortController();
			const given = get(gone.signal);
			gone.abort(new Error('too long'));
			await expect(given).rejects.toThrow('too long');
			const next = get();
			expect(questions).toHaveLength(2);
			questions[first]?.answer({ token: `of ${first}` });
			expect(await next).toBe(`of ${first}`);
		}
	});

	it('gives what it has until shortly before it expires', async () => {
		const { at, questions, get } = open();
		const first = get();
		questions[0]?.answer({});
		await first;
		at.now += 54 * minute;
		expect(await get()).toBe('a');
		expect(questions).toHaveLength(1);
		at.now += 2 * minute;
		const second = get();
		questions[1]?.answer({ token: 'b' });
		expect(await second).toBe('b');
	});

	it('gives a token that is to be renewed at once, whatever the endpoint does meanwhile', async () => {
		const { at, questions, get } = open();
		const first = get();
		questions[0]?.answer({ refreshAfterTimestamp: at.now + 30 * minute });
		await first;
		at.now += 31 * minute;
		expect(await get()).toBe('a');
		questions[1]?.fail(new Error('503'));
		await new Promise(setImmediate);
		expect(await get()).toBe('a');
		questions[2]?.answer({ token: 'b' });
		await new Promise(setImmediate);
		expect(await get()).toBe('b');
		expect(questions).toHaveLength(3);
	});

	it('fails for everybody who waited, and asks anew for the next', async () => {
		const { questions, get } = open();
		const both = [get(), get()];
		questions[0]?.fail(new Error('no'));
		for (const one of both) await expect(one).rejects.toThrow('no');
		const next = get();
		questions[1]?.answer({ token: 'b' });
		expect(await next).toBe('b');
	});

	it('lets a caller go with its signal while others wait on', async () => {
		const { questions, get } = open();
		const leaving = new AbortController();
		const gone = get(leaving.signal);
		const stays = get();
		leaving.abort(new Error('too late'));
		await expect(gone).rejects.toThrow('too late');
		questions[0]?.answer({});
		expect(await stays).toBe('a');
	});

	it('ends a question that nobody waits for any more, once it is some seconds old', async () => {
		const { at, questions, get } = open();
		const leaving = new AbortController();
		const gone = get(leaving.signal);
		at.now += 6000;
		leaving.abort(new Error('too late'));
		await expect(gone).rejects.toThrow('too late');
		await expect(new Promise((resolve) => questions[0]?.signal.addEventListener('abort', resolve))).resolves.toBeDefined();
		const next = get();
		questions[1]?.answer({ token: 'b' });
		expect(await next).toBe('b');
		expect(questions).toHaveLength(2);
	});

	it('keeps the answer of a slow endpoint for whoever asks next', async () => {
		const { questions, get } = open();
		const leaving = new AbortController();
		const gone = get(leaving.signal);
		leaving.abort(new Error('too late'));
		await expect(gone).rejects.toThrow('too late');
		questions[0]?.answer({});
		await new Promise(setImmediate);
		expect(await get()).toBe('a');
		expect(questions).toHaveLength(1);
	});

	it('asks with a signal that is long over, as the clients of storage do when they renew', async () => {
		const { questions, get } = open();
		const token = get(AbortSignal.abort());
		questions[0]?.answer({});
		expect(await token).toBe('a');
	});
});
