import { type CheckLine, checkTimeoutMs, failure, ok } from '../../shared/basics/check-line.ts';
import { codeOf } from '../../shared/basics/failures.ts';
import type { CheckDeps } from '../../shared/checks/check.ts';
import { foundHealthy } from '../../shared/checks/check-journal.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { retryWaiting } from '../../shared/operate/retry-waiting.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import { bellQueue } from '../../shared/queues/bell.ts';
import { ringOn } from '../../shared/queues/ring-on.ts';
import { storageCode } from '../../shared/storage/account/storage-error.ts';

/** Whether a cooldown may be ended: undefined when no one can be asked. */
export type Consent = ((question: string) => Promise<boolean>) | undefined;

/** Ends the rests of destinations that the checks have found healthy, when it is agreed: a line for each that was ended. */
export async function endCooldowns(lines: CheckLine[], consent: Consent, deps: CheckDeps): Promise<CheckLine[]> {
	if (!consent || !deps.settings.storage) return [];
	const ended: CheckLine[] = [];
	for (const name of namesOf(deps.settings.kinds)) {
		if (!foundHealthy(name, lines, deps)) continue;
		try {
			const cooldown = (await (await deps.journal()).readCooldown(name, deps.deadline(checkTimeoutMs)))?.cooldown;
			if (!cooldown || cooldown.until <= deps.clock() || cooldown.why === 'heldBack') continue;
			const until = `${timeText(cooldown.until)} UTC`;
			if (
				!(await consent(
					`Deliveries to ${name} are paused until ${until} (${cooldown.code}), but the checks find nothing wrong with it. Try them now?`,
				))
			)
				continue;
			const bell = async () => ringOn(await deps.queue(bellQueue));
			const { due } = await retryWaiting({ destination: name }, { ...deps, bell });
			ended.push(
				ok('journal', `The cooldown of ${name} until ${until} (${cooldown.code}) is ended; deliveries that are due now: ${due.length}.`),
			);
		} catch (error) {
			// A journal that is missing is new: nothing cools down.
			if (storageCode(error) === 'TableNotFound') continue;
			const retry = `npm run leads -- retry --destination ${name}`;
			ended.push(failure('journal', `The cooldown of ${name} could not be ended (${codeOf(error)}).`, retry));
		}
	}
	return ended;
}
