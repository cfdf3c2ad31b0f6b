/** The app that leads shall go to. */
export interface OurApp {
	/** Lower case, the default one first. */
	hosts: readonly string[];
	/** By name; the intake's own keys win over host keys of the same value. */
	keys: ReadonlyMap<string, string>;
	hostKeys: ReadonlyMap<string, string>;
}

const intakePath = '/api/leads';

/** The address of the intake with a key. */
export const intakeUrl = ({ hosts }: Pick<OurApp, 'hosts'>, key: string): string =>
	`https://${hosts[0]}${intakePath}?code=${encodeURIComponent(key)}`;

/** The same address with another key: an app may have a domain of its own. */
export function withKey(url: string, key: string): string {
	const changed = new URL(url);
	changed.searchParams.set('code', key);
	return changed.toString();
}

function parse(url: string): URL | undefined {
	return URL.canParse(url) ? new URL(url) : undefined;
}

/** Whether a lead destination is this app, whatever key it has. */
export function isOurs(url: string, { hosts }: Pick<OurApp, 'hosts'>): boolean {
	const parsed = parse(url);
	return (
		parsed?.protocol === 'https:' &&
		hosts.includes(parsed.host.toLowerCase()) &&
		parsed.pathname.replace(/\/+$/, '').toLowerCase() === intakePath
	);
}

/** The same endpoint with the same key: where the key stands in the query, and how it is escaped, is no difference. */
export function isSameUrl(one: string | undefined, other: string): boolean {
	if (one === undefined) return false;
	const [left, right] = [parse(one), parse(other)];
	if (!left || !right) return one === other;
	const bare = ({ protocol, host, pathname }: URL) => `${protocol}//${host}${pathname.replace(/\/+$/, '')}`.toLowerCase();
	const query = ({ searchParams }: URL) => JSON.stringify([...searchParams].sort());
	return bare(left) === bare(right) && query(left) === query(right);
}

/** Whether an address holds a key, on whatever host, in whatever place: an app may have addresses that we do not know. */
export function holdsKey(url: string, key: string): boolean {
	const readings = [url, decoded(url), decoded(url.replaceAll('+', ' '))];
	return readings.some((text) => text.includes(key)) || url.includes(encodeURIComponent(key));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text; // a stray percent sign
	}
}

/** The name of the key in an address of ours; undefined when it is none of the keys that there are. */
export function keyNameIn(url: string, { keys, hostKeys }: OurApp): string | undefined {
	const code = parse(url)?.searchParams.get('code');
	const find = (all: ReadonlyMap<string, string>) => [...all].find(([, value]) => value === code)?.[0];
	const host = find(hostKeys);
	return find(keys) ?? (host === undefined ? undefined : `${host} (host key)`);
}

/** An address as it may be shown: ours without its key, another's without anything that may be a secret. */
export function showUrl(url: string, app?: OurApp): string {
	const parsed = parse(url);
	if (!parsed) return '(not an address)';
	if (!app || !isOurs(url, app)) return `${parsed.protocol}//${parsed.host}/…`;
	const name = keyNameIn(url, app);
	return `${parsed.protocol}//${parsed.host}${parsed.pathname}?code=… (${name === undefined ? 'a key that does not exist' : `key ${name}`})`;
}

/** Takes keys out of a text that a service said, such as an error that repeats what was sent. */
export function concealKeys(text: string, keys: Iterable<string>): string {
	let shown = text.replace(/([?&](?:code|sig|key|token)=)[^&\s"'<>]+/gi, '$1…');
	for (const key of keys) for (const form of [key, encodeURIComponent(key)]) if (form.length >= 8) shown = shown.replaceAll(form, '…');
	return shown;
}
