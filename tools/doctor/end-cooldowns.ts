import { type CheckLine, checkTimeoutMs, failure, ok } from '../../shared/basics/check-line.ts';
import { codeOf } from '../../shared/basics/code-of.ts';
import type { CheckMeans } from '../../shared/checks/check.ts';
import { foundHealthy } from '../../shared/checks/found-healthy.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { retryWaiting } from '../../shared/operate/retry-waiting.ts';
import { bellQueue, ringOn } from '../../shared/queues/bell.ts';
import { storageCode } from '../../shared/storage/storage-code.ts';

/** Whether a rest may be ended: undefined when nobody can be asked. */
export type Consent = ((question: string) => Promise<boolean>) | undefined;

/** Ends the rests of destinations that the checks have found healthy, when it is agreed: a line for each that was ended. */
export async function endCooldowns(lines: CheckLine[], consent: Consent, means: CheckMeans): Promise<CheckLine[]> {
	if (!consent || !means.settings.storage) return [];
	const ended: CheckLine[] = [];
	for (const name of namesOf(means.settings.kinds)) {
		if (!foundHealthy(name, lines, means)) continue;
		try {
			const cooldown = (await (await means.journal()).readCooldown(name, means.deadline(checkTimeoutMs)))?.cooldown;
			if (!cooldown || cooldown.until <= means.clock() || cooldown.why === 'heldBack') continue;
			const until = new Date(cooldown.until).toISOString();
			if (
				!(await consent(
					`Deliveries to ${name} are paused until ${until} (${cooldown.code}), but the checks find nothing wrong with it. Try them now?`,
				))
			)
				continue;
			const bell = async () => ringOn(await means.queue(bellQueue));
			const { due } = await retryWaiting({ destination: name }, { ...means, bell });
			ended.push(
				ok('journal', `The cooldown of ${name} until ${until} (${cooldown.code}) is ended; deliveries that are due now: ${due.length}.`),
			);
		} catch (error) {
			// A journal that is missing is new: nothing rests.
			if (storageCode(error) === 'TableNotFound') continue;
			const retry = `npm run leads -- retry --destination ${name}`;
			ended.push(failure('journal', `The cooldown of ${name} could not be ended (${codeOf(error)}).`, retry));
		}
	}
	return ended;
}
