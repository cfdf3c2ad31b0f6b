import { describe, expect, it } from '@jest/globals';
import { builtInColumns } from '../../../../../shared/destinations/crm/metadata/built-in-columns.ts';
import type { LeadColumns } from '../../../../../shared/destinations/crm/metadata/lead-column.ts';
import { columnsTimeoutMs, rememberColumns } from '../../../../../shared/destinations/crm/metadata/remember-columns.ts';

const signal = () => new AbortController().signal;
const hour = 3_600_000;

/** Each question is answered by hand. */
function bench() {
	const questions: { answer: (columns: LeadColumns) => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
	const deadlines: { ms: number; abort: AbortController }[] = [];
	const state = { now: 0, questions, deadlines };
	const columns = rememberColumns({
		read: (reading) => new Promise((answer, fail) => void questions.push({ answer, fail, signal: reading })),
		clock: () => state.now,
		deadline: (ms) => {
			const abort = new AbortController();
			deadlines.push({ ms, abort });
			return abort.signal;
		},
	});
	return Object.assign(state, { columns });
}
const someColumns = (): LeadColumns => ({ complete: true, byName: new Map() });

describe('the columns', () => {
	it('are asked for once by all who need them at the same time, and remembered for hours', async () => {
		const { columns, questions, ...state } = bench();
		const told = someColumns();
		const waiting = [columns(signal()), columns(signal()), columns(signal())];
		expect(questions).toHaveLength(1);
		questions[0]?.answer(told);
		for (const known of await Promise.all(waiting)) expect(known).toBe(told);
		state.now = 5 * hour;
		expect(await columns(signal())).toBe(told);
		expect(questions).toHaveLength(1);
	});

	it('are asked for again after six hours; without an answer what was known serves', async () => {
		const state = bench();
		const first = state.columns(signal());
		const told = someColumns();
		state.questions[0]?.answer(told);
		await first;
		state.now = 6 * hour;
		const again = state.columns(signal());
		state.questions[1]?.fail(new Error('503'));
		expect(await again).toBe(told);
	});

	it('are the built-in ones while nobody answers, and are asked for again some minutes later, not at once', async () => {
		const state = bench();
		const first = state.columns(signal());
		expect(state.deadlines).toEqual([{ ms: columnsTimeoutMs, abort: expect.anything() }]);
		state.deadlines[0]?.abort.abort(new DOMException('too long', 'TimeoutError'));
		expect(await first).toBe(builtInColumns);
		expect(await state.columns(signal())).toBe(builtInColumns);
		expect(state.questions).toHaveLength(1);
		state.now = 5 * 60_000;
		const again = state.columns(signal());
		const told = someColumns();
		state.questions[1]?.answer(told);
		expect(await again).toBe(told);
	});

	it('hold no attempt that is over, and their question lives on for the next', async () => {
		const state = bench();
		const attempt = new AbortController();
		const first = state.columns(attempt.signal);
		attempt.abort();
		expect(await first).toBe(builtInColumns);
		const next = state.columns(signal());
		expect(state.questions).toHaveLength(1);
		const told = someColumns();
		state.questions[0]?.answer(told);
		expect(await next).toBe(told);
	});
});
