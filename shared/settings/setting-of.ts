import type { Environment } from '../basics/environment.ts';

/** The host reads names without regard to case, and `:` is `__` to it (.NET's configuration). */
export const foldName = (name: string): string => name.toLowerCase().replaceAll(':', '__');

/** What an environment says under a name, written in any case. As it is written wins. */
export function settingOf(environment: Environment, name: string): string | undefined {
	const exact = environment[name];
	if (exact?.trim()) return exact;
	const folded = foldName(name);
	return Object.entries(environment).find(([other, value]) => value?.trim() && foldName(other) === folded)?.[1] ?? exact;
}
