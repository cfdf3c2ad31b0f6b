/**
 * Whether a request that changes something comes from a page of this app, and not from one that a person has open beside it. The browser says so in
 * `Sec-Fetch-Site`, which no page can set; an older one tells the page's origin. What says nothing is refused.
 */
export function isSameOrigin(headers: Pick<Headers, 'get'>): boolean {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin';
	const origin = headers.get('origin') ?? '';
	if (!URL.canParse(origin)) return false;
	// The platform's front end may put a name of its own into `host`, and the asked one into others.
	const hosts = ['host', 'x-forwarded-host', 'x-original-host', 'disguised-host'].map((name) => headers.get(name));
	return hosts.includes(new URL(origin).host);
}
