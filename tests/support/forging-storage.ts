import type { Forgery } from '../../chaos/forge-answer.ts';
import { storageUpstreams, throughProxy } from '../../chaos/proxy-storage.ts';
import { type Exchange, startProxy } from '../../chaos/start-proxy.ts';
import { startTestStorage } from './storage.ts';

/** When an exchange is answered falsely: `before`, nothing is done; `after`, it is done. */
export interface Strike {
	/** Of what an exchange is: `table POST`, `queue GET /spill`. */
	what: RegExp;
	/** Or a status, with nothing else. */
	forgery: Forgery | 404;
	when: 'before' | 'after';
	/** It ends after so many. */
	most?: number;
}

/** Real tables and queues behind a proxy that can answer in their place. */
export async function startForgingStorage() {
	const storage = await startTestStorage();
	let strike: Strike | undefined;
	let struck = 0;
	const seen: string[] = [];
	const strikeAt = (when: Strike['when'], { what }: Exchange): Forgery | 404 | 'pass' => {
		if (strike?.when !== when || !strike.what.test(what) || struck >= (strike.most ?? Number.POSITIVE_INFINITY)) return 'pass';
		struck++;
		return strike.forgery;
	};
	const proxy = await startProxy(storageUpstreams(storage.connectionString), {
		before: (exchange) => {
			seen.push(exchange.what);
			return strikeAt('before', exchange);
		},
		after: (exchange) => {
			const answer = strikeAt('after', exchange);
			return answer === 404 ? 'pass' : answer;
		},
	});
	return {
		/** The account, reached through the proxy. */
		connectionString: throughProxy(storage.connectionString, proxy),
		/** From now on; without, all is well. */
		strikes: (next?: Strike) => {
			strike = next;
			struck = 0;
		},
		struck: () => struck,
		/** What was asked since the last time. */
		takeSeen: () => seen.splice(0),
		stop: async () => {
			await proxy.close();
			await storage.stop();
		},
	};
}

export type ForgingStorage = Awaited<ReturnType<typeof startForgingStorage>>;
