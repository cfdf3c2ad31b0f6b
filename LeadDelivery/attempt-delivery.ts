import { codeOf } from '../shared/basics/failures.ts';
import { within } from '../shared/basics/time.ts';
import { settingsCode } from '../shared/delivery/cooldown.ts';
import type { DeliveryRequest, DestinationName } from '../shared/delivery/destination.ts';
import { isRepeatable, kindOf, settingBehind } from '../shared/delivery/destination-kind.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import { destinationGroups } from '../shared/destinations/destination-kinds.ts';
import type { Settings } from '../shared/settings/settings.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** A destination ends with its signal and says how; only one that does not is left behind. Less than the claim's margin. */
const graceMs = 2000;

/** One attempt within its time-out. Never throws. */
export async function attemptDelivery(
	name: DestinationName,
	request: DeliveryRequest,
	{ settings, destination, deadline }: DeliveryDeps,
): Promise<Outcome> {
	const signal = deadline(settings.attemptTimeoutMs);
	try {
		return (
			misconfigured(name, settings) ??
			(await within(deadline(settings.attemptTimeoutMs + graceMs), async () => {
				const opened = await destination(name);
				return opened.deliver(request, signal);
			}))
		);
	} catch (error) {
		// A destination does not throw and ends with its signal: this is a defect of ours or of a library. What was done is not known.
		return { kind: 'transient', code: codeOf(error), reason: String(error), maybeDone: !isRepeatable(settings.kinds, name) };
	}
}

/** The outcome when a setting that the destination needs is wrong: nothing is called. */
function misconfigured(name: DestinationName, { issues, kinds }: Settings): Outcome | undefined {
	if (!kindOf(kinds, name)) return noLonger(name, settingBehind(destinationGroups, name));
	const wrong = issues.filter(({ blocks }) => blocks.includes(name));
	if (wrong.length === 0) return undefined;
	const sentences = wrong.map(({ setting, problem, allowed }) => `${setting} ${problem}; allowed: ${allowed}`);
	const names = wrong.map(({ setting }) => setting);
	return {
		kind: 'configuration',
		code: settingsCode,
		reason: sentences.join('. '),
		remedy: `Fix the app setting ${names.join(', ')}.`,
		names,
	};
}

/** The delivery waits for a destination that the settings named once: nothing can be sent, and nothing is parked, as a deployment may have lost a setting. */
function noLonger(name: DestinationName, setting: string | undefined): Outcome {
	return {
		kind: 'configuration',
		code: settingsCode,
		reason: setting
			? `${name} is no destination, because ${setting} is missing`
			: `${name} is not a destination of this version of the app`,
		remedy: `${setting ? `Set ${setting} again` : 'Deploy the version that has it'}; or close what waits: npm run leads -- close --state pending --destination ${name}`,
		names: [setting ?? name],
	};
}
