/** Everything from this origin; no script and no style but our files; no one may frame a page. */
const pagePolicy =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * What a mail needs, which styles itself: it runs nothing, sends nothing, loads nothing from elsewhere, has no origin, and stands in a frame of our page
 * alone.
 */
const mailPolicy =
	"sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'";

/** On every answer of the board, whatever it is. Pages hold what people said of themselves: no one stores them. */
export const safeHeaders = (of: 'page' | 'mail' = 'page'): Record<string, string> => ({
	'content-security-policy': of === 'mail' ? mailPolicy : pagePolicy,
	'x-content-type-options': 'nosniff',
	// Not `no-referrer`: the platform's own rule against foreign requests looks at it.
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=()',
	'cache-control': 'no-store',
	'x-robots-tag': 'noindex',
});
