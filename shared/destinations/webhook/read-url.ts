import type { FormatName } from './format-traits.ts';

/** A URL as it was read: its text stays as it was written, because services compare it byte by byte. */
export type ReadUrl = { ok: true; url: string; warnings: string[] } | { ok: false; problem: string };

/** What a setting that names a secret of Key Vault looks like while the platform could not read it. */
export const isUnresolved = (text: string): boolean => /^@Microsoft\.KeyVault\(/i.test(text.trim());

/** Such a reference in the midst of a setting: the platform reads none there. */
export const holdsReference = (text: string): boolean => /@Microsoft\.KeyVault\(/i.test(text);

/** https://learn.microsoft.com/azure/app-service/app-service-key-vault-references */
export const unresolvedProblem =
	'is a Key Vault reference that the platform could not read: check the name of the vault and the secret, the identity of the app (keyVaultReferenceIdentity) and its role Key Vault Secrets User';

export const referenceWithin =
	'holds a Key Vault reference among other text, where the platform reads none: keep the whole value of the setting in the vault';

/** Forms that are dead, or live only while someone looks. */
const accidents: { host: RegExp; path: RegExp; says: string }[] = [
	{
		host: /(^|\.)(webhook\.office\.com|outlook\.office(365)?\.com)$/,
		path: /^\/webhook/i,
		says: 'is the address of an Office 365 connector, which Microsoft has switched off: make a workflow in Teams ("Send webhook alerts to a channel") and use its URL',
	},
	{
		host: /(^|\.)webhook\.office\.com$/,
		path: /./,
		says: 'is the address of an Office 365 connector, which Microsoft has switched off: make a workflow in Teams ("Send webhook alerts to a channel") and use its URL',
	},
];

const doubts: { host: RegExp; path: RegExp; says: string }[] = [
	{
		host: /(^|\.)logic\.azure\.com$/,
		path: /^\/workflows\//,
		says: 'is on logic.azure.com: if it is that of a Power Automate flow, it stopped working on 30 November 2025, and the flow shows a new one (…api.powerplatform.com); that of a Logic App goes on',
	},
	{
		host: /./,
		path: /\/webhook-test\//,
		says: 'is an n8n test address, which works only while the editor listens: use the production URL (/webhook/)',
	},
];

/** @param local Whether the app runs on someone's own machine */
export function readUrl(written: string, local: boolean): ReadUrl {
	if (isUnresolved(written)) return { ok: false, problem: unresolvedProblem };
	const copied = /&amp;/i.test(written);
	const text = copied ? written.replace(/&amp;/gi, '&') : written;
	if (!URL.canParse(text))
		return { ok: false, problem: /^https?:/i.test(text) ? 'is not a URL' : 'is not a URL that begins with https://' };
	if (/\s/.test(written.trim())) return { ok: false, problem: 'holds a blank or a line break: copy the URL again, in one piece and alone' };
	const url = new URL(text);
	// Only where no path has begun: a path or a query may name another URL.
	if (/[;,]/.test(url.hostname)) return { ok: false, problem: 'holds more than one URL: each endpoint has one, with settings of its own' };
	if (/^https?$/.test(url.hostname)) return { ok: false, problem: 'begins with https:// twice' };
	if (url.protocol === 'http:') {
		// As it was written: http://2130706433 is 127.0.0.1 to the parser, and no one writes that for their own machine.
		const isLoopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?#]|$)/i.test(text);
		if (!isLoopback || !local) return { ok: false, problem: 'begins with http: what is sent could be read on its way' };
	} else if (url.protocol !== 'https:') return { ok: false, problem: 'is not a URL that begins with https://' };
	if (url.username || url.password) return { ok: false, problem: 'holds a user or a password before its host' };
	const hostname = url.hostname.replace(/\.$/, '');
	const is = ({ host, path }: { host: RegExp; path: RegExp }) => host.test(hostname) && path.test(url.pathname);
	const accident = accidents.find(is);
	if (accident) return { ok: false, problem: accident.says };
	return {
		ok: true,
		url: text,
		warnings: [
			...(copied ? ['holds &amp; in place of &, as copied from a page: it is read as &'] : []),
			...(/[\w;,|]https?:\/\//i.test(text)
				? ['holds a second https:// within it: if these are two URLs, set one alone, because each endpoint has one']
				: []),
			...(/[…]|\.\.\.$/.test(text) ? ['ends with three dots: it may have been copied shortened'] : []),
			...doubts.filter(is).map(({ says }) => says),
		],
	};
}

/** What is wrong with a URL for its format, or hardly what was meant. */
export function doubtFormat(url: string, format: FormatName): string[] {
	const { searchParams, hostname } = new URL(url);
	if (format === 'teams' && /powerplatform\.|logic\.azure\./.test(hostname) && !searchParams.has('sig'))
		return ['has no signature (sig=): set the trigger of the workflow to "Anyone" and copy the URL again'];
	if (format === 'googlechat' && !(searchParams.has('key') && searchParams.has('token')))
		return ['has no key= and token=: copy the whole URL of the webhook'];
	return [];
}
