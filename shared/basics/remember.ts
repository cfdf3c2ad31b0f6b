import type { Clock } from './time.ts';

interface Keeping<Parameters extends unknown[], Answer> {
	/** What is one question; without it, the first parameter tells. */
	keyOf?: (...parameters: Parameters) => unknown;
	/** For how long an answer is good from when it came, in milliseconds; without it, always. */
	lasts?: { clock: Clock; ms: (answer: Awaited<Answer>) => number };
	/** So many answers at most; the oldest is forgotten first. */
	most?: number;
}

/**
 * Asks each question once and remembers its answer, or the promise of it: callers at the same time share one question. One that fails is told to all of
 * them and forgotten, so that whoever comes next asks again.
 */
export function remember<Parameters extends unknown[], Answer>(
	ask: (...parameters: Parameters) => Answer,
	{ keyOf = (...[first]) => first, lasts, most = Number.POSITIVE_INFINITY }: Keeping<Parameters, Answer> = {},
): (...parameters: Parameters) => Answer {
	const known = new Map<unknown, { answer: Answer; goodUntil: number }>();
	return (...parameters) => {
		const key = keyOf(...parameters);
		const kept = known.get(key);
		if (kept && !(lasts && lasts.clock() >= kept.goodUntil)) return kept.answer;
		const asked = { answer: ask(...parameters), goodUntil: Number.POSITIVE_INFINITY };
		known.delete(key);
		known.set(key, asked);
		if (known.size > most) known.delete(known.keys().next().value);
		const came = (answer: Awaited<Answer>) => {
			if (lasts) asked.goodUntil = lasts.clock() + lasts.ms(answer);
		};
		const failed = () => {
			if (known.get(key) === asked) known.delete(key);
		};
		Promise.resolve(asked.answer).then(came, failed);
		return asked.answer;
	};
}
