/** Who made a browser send a request; `person` typed the address or opened a bookmark; `unknown` is an old browser, or none. */
export type AskedBy = 'own page' | 'foreign page' | 'person' | 'unknown';

type Named = Pick<Headers, 'get'>;

/**
 * Who made a browser send a request. The browser says so in `Sec-Fetch-Site`, which no page can set; an older one tells the page's origin with what changes
 * something. https://www.w3.org/TR/fetch-metadata/
 */
export function askedBy(headers: Named): AskedBy {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin' ? 'own page' : site === 'none' ? 'person' : 'foreign page';
	const text = headers.get('origin');
	if (text === null) return 'unknown';
	const origin = originIn(text);
	if (origin === undefined) return 'foreign page';
	// The platform's front end may put a name of its own into `host`, and the asked one into others.
	const isAsked = ['host', 'x-forwarded-host', 'x-original-host', 'disguised-host'].some((name) => {
		const host = headers.get(name);
		return host !== null && originIn(`${origin.protocol}//${host}`)?.host === origin.host;
	});
	return isAsked ? 'own page' : 'foreign page';
}

/** Whether a request that changes something comes from a page of this app. What says nothing is refused. */
export const isFromOwnPage = (headers: Named): boolean => askedBy(headers) === 'own page';

/**
 * Whether a request that only reads is answered: reading costs work, and a page that someone has open elsewhere could start it again and again by an image, a
 * frame or a script. It may only lead a person here: a link opens a page in full view, in mails and chats too, and so does the way back from a sign-in.
 *
 * @param isPage a page to look at; not what a script asks for
 */
export const mayRead = (headers: Named, { isPage }: { isPage: boolean }): boolean =>
	askedBy(headers) !== 'foreign page' ||
	(isPage && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document');

/** An origin as browsers write one, without regard to case and the usual port. Plain http is for one's own machine: elsewhere anyone on the way could write the page. */
function originIn(text: string): URL | undefined {
	if (!/^https?:\/\/[^/?#@\\\s]+$/i.test(text) || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? url : undefined;
}
