/** App settings by name, as the host gives them to the worker as environment variables. */
export type AppSettings = Readonly<Record<string, string | undefined>>;

/** The host reads names without regard to case, and `:` is `__` to it (.NET's configuration). */
export const foldName = (name: string): string => name.toLowerCase().replaceAll(':', '__');

/** What the app settings say under a name, written in any case. As it is written wins. */
export function settingOf(settings: AppSettings, name: string): string | undefined {
	const exact = settings[name];
	if (exact?.trim()) return exact;
	const folded = foldName(name);
	return Object.entries(settings).find(([other, value]) => value?.trim() && foldName(other) === folded)?.[1] ?? exact;
}

/** Whether the host leaves a function out: one of the two settings is `true` or `1`, and nothing else (WebJobs 3.0.25, asked); names in any case. */
export function isSwitchedOff(functionName: string, settings: AppSettings): boolean {
	const wanted = [`AzureWebJobs.${functionName}.Disabled`, `AzureWebJobs_${functionName}_Disabled`].map(foldName);
	return Object.entries(settings).some(([name, value]) => wanted.includes(foldName(name)) && /^(true|1)$/i.test(value ?? ''));
}
