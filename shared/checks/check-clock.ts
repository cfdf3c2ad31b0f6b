import { checkTimeoutMs, failure, ok, warning } from '../basics/check-line.ts';
import { audiencesOf, type Check, type CheckDeps } from './check.ts';

const minuteMs = 60_000;
/** Tokens are taken with 5 minutes of tolerance, signatures of storage with 15. */
const [noticedMs, tooMuchMs] = [minuteMs, 5 * minuteMs];

/** Our own clock against the `Date` of whoever answers, signed in or not. */
export const checkClock: Check = async (deps) => {
	const skews = (await Promise.all((await placesToAsk(deps)).map((url) => skewOf(url, deps)))).filter((skew) => skew !== undefined);
	const next =
		'Set this clock by the network: timedatectl set-ntp true (Linux), w32tm /resync (Windows), sudo sntp -sS time.apple.com (macOS).';
	if (skews.length === 0)
		return [
			warning(
				'clock',
				'Cannot check: none of the services that were called answered with a time.',
				'Fix the other failures first, then run this again.',
			),
		];
	// Of several the one that agrees with us best: the others may be wrong themselves.
	const skewMs = skews.reduce((least, skew) => (Math.abs(skew) < Math.abs(least) ? skew : least));
	const minutes = Math.round(Math.abs(skewMs) / minuteMs);
	const words = `This clock is about ${minutes === 1 ? 'a minute' : `${minutes} minutes`} ${skewMs > 0 ? 'ahead' : 'behind'}`;
	if (Math.abs(skewMs) > tooMuchMs) return [failure('clock', `${words}: tokens and signatures are refused.`, next)];
	if (Math.abs(skewMs) > noticedMs) return [warning('clock', `${words}: retries and deduplication depend on it.`, next)];
	return [ok('clock', 'The clock agrees with the services.')];
};

async function placesToAsk({ settings, table }: CheckDeps): Promise<string[]> {
	const storage = settings.storage ? await table().catch(() => undefined) : undefined; // said by the check of storage
	return [...(storage ? [storage.url] : []), ...(await audiencesOf(settings)).map(({ url }) => url)];
}

/** Milliseconds that we are ahead; undefined when there was no answer. */
async function skewOf(url: string, { fetch, clock, deadline }: CheckDeps): Promise<number | undefined> {
	try {
		const before = clock();
		const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: deadline(checkTimeoutMs / 2) });
		const date = Date.parse(response.headers.get('date') ?? '');
		return Number.isNaN(date) ? undefined : (before + clock()) / 2 - date;
	} catch {
		return undefined; // who does not answer is another check's
	}
}
