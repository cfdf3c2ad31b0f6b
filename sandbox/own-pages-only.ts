import type { MiddlewareHandler } from 'hono';

type AskedBy = 'own page' | 'foreign page' | 'unknown';

/**
 * Who makes a browser send this: it says so in `Sec-Fetch-Site`, which no page can set; an older one tells the page's origin. What is no browser says
 * neither.
 */
function askedBy(headers: Headers): AskedBy {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin' ? 'own page' : 'foreign page';
	const origin = headers.get('origin');
	if (origin === null) return 'unknown';
	return URL.canParse(origin) && new URL(origin).host === headers.get('host') ? 'own page' : 'foreign page';
}

export const isFromOwnPage = (headers: Headers): boolean => askedBy(headers) === 'own page';

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Lets no foreign web page change anything here: one that someone has open beside the sandbox, from another port of this machine too. */
export const ownPagesOnly: MiddlewareHandler = async (c, next) =>
	!readingMethods.includes(c.req.method) && askedBy(c.req.raw.headers) === 'foreign page'
		? c.text('Nothing was done, because another web page asked for it.', 403)
		: next();
