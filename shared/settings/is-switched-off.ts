import type { Environment } from '../basics/environment.ts';
import { foldName } from './setting-of.ts';

/** Whether the host leaves a function out: one of the two settings is `true` or `1`, and nothing else (WebJobs 3.0.25, asked); names in any case. */
export function isSwitchedOff(functionName: string, environment: Environment): boolean {
	const wanted = [`AzureWebJobs.${functionName}.Disabled`, `AzureWebJobs_${functionName}_Disabled`].map(foldName);
	return Object.entries(environment).some(([name, value]) => wanted.includes(foldName(name)) && /^(true|1)$/i.test(value ?? ''));
}
