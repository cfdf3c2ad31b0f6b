import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';
import { type Clock, within } from '../basics/time.ts';

/** Gets a token for one scope; ends with `signal`. */
export type AskForToken = (scope: string, signal: AbortSignal) => Promise<AccessToken>;

/** A token that lives for less is not given any more: what it is needed for takes its time, and clocks differ. */
const leastLifeMs = 5 * 60_000;

/** A question that no one waits for any more goes on for so long: the answer of a slow endpoint serves whoever asks next. */
const patienceMs = 5000;

/** No question takes longer, whoever waits. */
const longestMs = 60_000;

interface Question {
	token: Promise<AccessToken>;
	waiting: number;
	/** A caller did not wait for its answer: it may hang. */
	doubted: boolean;
	/** Ends it, if no one waits. */
	abandon: () => void;
}

/**
 * Keeps tokens while they live, and asks one question at a time for each scope: callers at the same moment share it, as the SDK's do not. A token that is to
 * be renewed but still good is given at once, so that an endpoint in trouble takes nothing away that is there. Every question ends: with an answer, or some
 * seconds after the last caller has gone. One that a caller has given up on may hang: whoever comes next asks again beside it, and takes the first answer.
 */
export function keepTokens(ask: AskForToken, clock: Clock = () => Date.now()): TokenCredential {
	const kept = new Map<string, AccessToken>();
	const questions = new Map<string, Question>();

	const begin = (scope: string): Question => {
		const stop = new AbortController();
		const longest = setTimeout(() => stop.abort(tooLong()), longestMs).unref();
		let patience: NodeJS.Timeout | undefined;
		const started = clock();
		let ended = false;
		const question: Question = {
			waiting: 0,
			doubted: false,
			abandon: () => {
				clearTimeout(patience);
				if (ended) return;
				const leftMs = Math.max(0, started + patienceMs - clock());
				patience = setTimeout(() => question.waiting === 0 && stop.abort(tooLong()), leftMs).unref();
			},
			token: ask(scope, stop.signal)
				.then((token) => {
					kept.set(scope, token);
					return token;
				})
				.finally(() => {
					ended = true;
					clearTimeout(longest);
					clearTimeout(patience);
					if (questions.get(scope) === question) questions.delete(scope);
				}),
		};
		question.token.catch(() => undefined); // told to whoever waits, if anyone does
		questions.set(scope, question);
		return question;
	};

	const wait = async (asked: Question[], signal: AbortSignal | undefined): Promise<AccessToken> => {
		const first = () => firstOf(asked.map(({ token }) => token));
		for (const question of asked) question.waiting++;
		try {
			return await (signal ? within(signal, first) : first());
		} finally {
			for (const question of asked) {
				question.doubted ||= signal?.aborted ?? false;
				if (--question.waiting === 0) question.abandon();
			}
		}
	};

	return {
		getToken: async (scopes, { abortSignal }: GetTokenOptions = {}) => {
			const scope = typeof scopes === 'string' ? scopes : scopes.join(' ');
			const token = kept.get(scope);
			const isGood = token !== undefined && token.expiresOnTimestamp - clock() > leastLifeMs;
			if (isGood && !(token.refreshAfterTimestamp && token.refreshAfterTimestamp <= clock())) return token;
			const running = questions.get(scope);
			const question = running ?? begin(scope);
			if (isGood) {
				if (question.waiting === 0) question.abandon();
				return token;
			}
			// Azure's clients renew in the background with the signal of a call that is long over.
			const asked = running?.doubted ? [running, begin(scope)] : [question];
			return wait(asked, abortSignal?.aborted ? undefined : (abortSignal as AbortSignal | undefined));
		},
	};
}

/** The first token; when there is none, why the latest question failed. */
async function firstOf(tokens: Promise<AccessToken>[]): Promise<AccessToken> {
	try {
		return await Promise.any(tokens);
	} catch (error) {
		throw (error as AggregateError).errors.at(-1);
	}
}

const tooLong = () => new DOMException('The token endpoint did not answer in time', 'TimeoutError');
