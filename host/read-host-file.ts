import { type ParseError, parse } from 'jsonc-parser';
import { type AppSettings, foldName } from './setting-of.ts';

/** host.json with what app settings say in its place. Names are found in any case. */
export interface HostFile {
	/** A value by its path, as text; undefined when it is not there or is an object. */
	value: (...path: string[]) => string | undefined;
	/** The members of an object by its path. */
	names: (...path: string[]) => string[];
}

/**
 * Reads host.json as the host does: with comments, commas at the end and a byte order mark, and under the app settings that override it
 * (https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values).
 *
 * @param read its text; may throw
 * @returns undefined when it is not there or is no JSON object
 */
export function readHostFile(read: () => string, settings: AppSettings): HostFile | undefined {
	const root = parseObject(read);
	if (!root) return undefined;
	const overrides = new Map(Object.entries(settings).map(([name, value]) => [foldName(name), value]));
	const nameOf = (path: string[]) => foldName(['AzureFunctionsJobHost', ...path].join('__'));
	return {
		value: (...path) => {
			const value = overrides.get(nameOf(path)) ?? path.reduce(memberOf, root);
			return value === undefined || value === null || typeof value === 'object' ? undefined : String(value).trim();
		},
		names: (...path) => {
			const prefix = nameOf([...path, '']);
			const overriding = [...overrides.keys()].filter((name) => name.startsWith(prefix));
			return [...membersOf(path.reduce(memberOf, root)).map(([name]) => name), ...overriding.map((name) => name.slice(prefix.length))];
		},
	};
}

function parseObject(read: () => string): unknown {
	let text: string;
	try {
		text = read();
	} catch {
		return undefined; // the caller says that there is none
	}
	const errors: ParseError[] = [];
	const root: unknown = parse(text.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
	return errors.length > 0 || typeof root !== 'object' || root === null || Array.isArray(root) ? undefined : root;
}

const membersOf = (at: unknown): [string, unknown][] => (typeof at === 'object' && at !== null ? Object.entries(at) : []);

const memberOf = (at: unknown, name: string): unknown => membersOf(at).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
