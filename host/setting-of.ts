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
