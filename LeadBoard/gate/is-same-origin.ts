/**
 * Whether a request that changes something comes from a page of this app, and not from one that a person has open beside it. The browser says so in
 * `Sec-Fetch-Site`, which no page can set; an older one tells the page's origin. What says nothing is refused.
 */
export function isSameOrigin(headers: Pick<Headers, 'get'>): boolean {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin';
	const origin = originIn(headers.get('origin') ?? '');
	if (origin === undefined) return false;
	// The platform's front end may put a name of its own into `host`, and the asked one into others.
	return ['host', 'x-forwarded-host', 'x-original-host', 'disguised-host'].some((name) => {
		const host = headers.get(name);
		return host !== null && originIn(`${origin.protocol}//${host}`)?.host === origin.host;
	});
}

/** An origin as browsers write one, without regard to case and the usual port. Plain http is for one's own machine: elsewhere anyone on the way could write the page. */
function originIn(text: string): URL | undefined {
	if (!/^https?:\/\/[^/?#@\\\s]+$/i.test(text) || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? url : undefined;
}
