import { parseHostFile } from './parse-host-file.ts';
import { type AppSettings, settingOf } from './setting-of.ts';

/** A value of host.json by its path, as text; what an app setting says in its place wins. */
export type HostValue = (...path: string[]) => string | undefined;

/**
 * Reads host.json with its overrides (https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values); undefined when it is
 * not there or not JSON.
 */
export function readHost({ hostFile, environment }: { hostFile: () => string; environment: AppSettings }): HostValue | undefined {
	let root: unknown;
	try {
		root = parseHostFile(hostFile());
	} catch {
		return undefined; // the caller says so
	}
	return (...path) => {
		const over = settingOf(environment, ['AzureFunctionsJobHost', ...path].join('__'));
		const value = over ?? path.reduce(memberOf, root);
		return value === undefined || value === null || typeof value === 'object' ? undefined : String(value).trim();
	};
}

/** Names are read without regard to case. */
function memberOf(at: unknown, name: string): unknown {
	const members = typeof at === 'object' && at !== null ? Object.entries(at) : [];
	return members.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}
