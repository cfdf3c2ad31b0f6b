import { readTimerSchedule, type TimerSchedule } from '../../host/timer-schedule.ts';
import type { FunctionMetadata } from './core-api.ts';
import { resolveSettings } from './resolve-settings.ts';

/** A function that time triggers. */
export interface TimerFunction {
	name: string;
	bindingName: string;
	schedule: TimerSchedule;
	runOnStartup: boolean;
	/** False when the app does not want occurrences to be remembered. */
	useMonitor: boolean;
}

/** Reads the trigger of a timer function; its schedule may hold `%NAME%`. Throws when it is not a schedule or a setting is missing. */
export function toTimerFunction({ name, bindings }: FunctionMetadata, settings: Record<string, string | undefined>): TimerFunction {
	const [bindingName, trigger] = Object.entries(bindings).find(([, { type }]) => type.toLowerCase() === 'timertrigger') ?? [];
	if (!bindingName || !trigger) throw new Error(`${name} has no timer trigger`);
	return {
		name,
		bindingName,
		schedule: readTimerSchedule(resolveSettings(String(trigger.schedule), settings)),
		runOnStartup: trigger.runOnStartup === true,
		useMonitor: trigger.useMonitor !== false,
	};
}
