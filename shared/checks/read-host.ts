import type { CheckMeans } from './check.ts';

/** A value of host.json by its path, as text; what an app setting says in its place wins. */
export type HostValue = (...path: string[]) => string | undefined;

/**
 * Reads host.json with its overrides (https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values); undefined when it is
 * not there or not JSON.
 */
export function readHost({ hostFile, environment }: Pick<CheckMeans, 'hostFile' | 'environment'>): HostValue | undefined {
	let root: unknown;
	try {
		root = JSON.parse(hostFile());
	} catch {
		return undefined; // the caller says so
	}
	return (...path) => {
		const over = environment[['AzureFunctionsJobHost', ...path].join('__')];
		const value = over ?? path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], root);
		return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
	};
}

/** Milliseconds of `hh:mm:ss` (or `d.hh:mm:ss`); undefined for anything else, also for -1, which is without an end. */
export function timeSpanMs(text: string): number | undefined {
	const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text) ?? [];
	return hours === undefined ? undefined : (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
