import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { remember } from '../../shared/basics/remember.ts';

/** Keys by name, so that one can be added, moved to and taken away by hand. */
type NamedKeys = Record<string, string>;

/** The keys of an app, as they are kept in `keys.json`. */
export interface FunctionKeys {
	/** Opens everything, the admin endpoints too. */
	master: string;
	/** Each opens every function. */
	host: NamedKeys;
	/** By function: each opens that function only. */
	functions: Record<string, NamedKeys>;
}

/**
 * The app's keys, from a file that is made, readable for its owner only, when there is none. The first key of a function is made of the master key: so that
 * workers that start side by side agree without a lock.
 */
export function readFunctionKeys(file: string, functionNames: string[]): FunctionKeys {
	const fresh: FunctionKeys = { master: toKey(randomBytes(32)), host: { default: toKey(randomBytes(32)) }, functions: {} };
	try {
		writeFileSync(file, toText(fresh), { flag: 'wx', mode: 0o600 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const keys = JSON.parse(readFileSync(file, 'utf8')) as FunctionKeys;
	const missing = functionNames.filter((name) => !keys.functions[name]);
	for (const name of missing) keys.functions[name] = { default: toKey(createHmac('sha256', keys.master).update(name).digest()) };
	if (missing.length > 0) {
		const draft = `${file}.${process.pid}`;
		writeFileSync(draft, toText(keys), { mode: 0o600 });
		renameSync(draft, file);
	}
	return keys;
}

const toText = (keys: FunctionKeys) => `${JSON.stringify(keys, null, '\t')}\n`;

/** Ends in `==` as Azure's keys do, so that a caller that encodes a URL wrongly is found here. */
const toKey = (bytes: Buffer) => `${bytes.toString('base64url')}==`;

/** What a key opens: everything, all functions, one function, nothing. */
export type KeyLevel = 'admin' | 'host' | 'function' | 'none';

/** What a key opens, seen from one function (undefined: from none). */
export function levelOfKey(keys: FunctionKeys, key: string | undefined, functionName?: string): KeyLevel {
	if (!key) return 'none';
	const brought = digest(key);
	const isSame = (known: string) => timingSafeEqual(brought, digestOfKnown(known));
	if (isSame(keys.master)) return 'admin';
	if (Object.values(keys.host).some(isSame)) return 'host';
	const own = functionName === undefined ? {} : (keys.functions[functionName] ?? {});
	return Object.values(own).some(isSame) ? 'function' : 'none';
}

const digest = (text: string) => createHash('sha256').update(text).digest();
/** Every request is compared with the same few keys. */
const digestOfKnown = remember(digest, { most: 100 });
