import { describe, expect, it } from '@jest/globals';
import { remember } from '../../../shared/basics/remember.ts';

describe('what is remembered', () => {
	/** Answers with how often it was asked; says for which keys. */
	function question() {
		const asked: string[] = [];
		return { asked, ask: (key: string) => asked.push(key) };
	}

	/** An answer that comes by hand. */
	function late<Answer>() {
		let resolve: (answer: Answer) => void = () => undefined;
		let reject: (error: Error) => void = () => undefined;
		const promise = new Promise<Answer>((...both) => ([resolve, reject] = both));
		return { promise, resolve, reject };
	}

	it('is asked for once for each key', () => {
		const { asked, ask } = question();
		const known = remember(ask);
		expect(['a', '', 'a', ''].map((key) => known(key))).toEqual([1, 2, 1, 2]);
		expect(asked).toEqual(['a', '']);
	});

	it('can be one thing, without a key', () => {
		let made = 0;
		const only = remember(() => ++made);
		expect([only(), only()]).toEqual([1, 1]);
	});

	it('tells keys apart as it is told to', () => {
		const { asked, ask } = question();
		const known = remember((first: string, second: string) => ask(first + second), {
			keyOf: (first, second) => `${first}${second}`.toLowerCase(),
		});
		expect([known('a', 'b'), known('A', 'B'), known('a', 'c')]).toEqual([1, 1, 2]);
		expect(asked).toEqual(['ab', 'ac']);
	});

	it('is shared by those who ask at the same time', async () => {
		const { promise, resolve } = late<string>();
		let asked = 0;
		const known = remember(() => {
			asked++;
			return promise;
		});
		const both = Promise.all([known(), known()]);
		resolve('answer');
		expect(await both).toEqual(['answer', 'answer']);
		expect(asked).toBe(1);
	});

	it('is forgotten when it failed: each who waited is told, whoever comes next asks again', async () => {
		let asked = 0;
		const known = remember(async () => {
			if (++asked === 1) throw new Error('unreachable');
			return asked;
		});
		const first = await Promise.allSettled([known(), known()]);
		expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await known()).toBe(2);
		const thrown = remember((wrong: boolean) => {
			if (wrong) throw new Error('wrong');
			return ++asked;
		});
		expect(() => thrown(true)).toThrow('wrong');
		expect([thrown(false), thrown(false)]).toEqual([3, 3]);
	});

	it('is good for as long as the answer is, counted from when it came', async () => {
		let now = 0;
		const questions: ReturnType<typeof late<number>>[] = [];
		const known = remember(
			() => {
				const question = late<number>();
				questions.push(question);
				return question.promise;
			},
			{ lasts: { clock: () => now, ms: (answer) => answer } },
		);
		const first = known();
		now = 1000;
		void known();
		expect(questions).toHaveLength(1);
		questions[0]?.resolve(100);
		await first;
		now = 1099;
		void known();
		expect(questions).toHaveLength(1);
		now = 1100;
		void known();
		expect(questions).toHaveLength(2);
	});

	it('is the newest, where there is no room for all', () => {
		const { asked, ask } = question();
		const known = remember(ask, { most: 2 });
		for (const key of ['a', 'b', 'c', 'b', 'a']) known(key);
		expect(asked).toEqual(['a', 'b', 'c', 'a']);
	});

	it('stays when an older question of the same key fails late', async () => {
		const older = late<string>();
		const answers = [older.promise, Promise.resolve('other'), Promise.resolve('newer')];
		const known = remember((_key: string) => answers.shift(), { most: 1 });
		const first = Promise.allSettled([known('a')]);
		await known('b');
		expect(await known('a')).toBe('newer');
		older.reject(new Error('late'));
		await first;
		expect(await known('a')).toBe('newer');
	});
});
