import { type AppSettings, foldName } from './setting-of.ts';

/** Whether the host leaves a function out: one of the two settings is `true` or `1`, and nothing else (WebJobs 3.0.25, asked); names in any case. */
export function isSwitchedOff(functionName: string, settings: AppSettings): boolean {
	const wanted = [`AzureWebJobs.${functionName}.Disabled`, `AzureWebJobs_${functionName}_Disabled`].map(foldName);
	return Object.entries(settings).some(([name, value]) => wanted.includes(foldName(name)) && /^(true|1)$/i.test(value ?? ''));
}
