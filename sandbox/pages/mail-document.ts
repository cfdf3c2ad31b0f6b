/**
 * Under this policy a mail is shown whatever it holds: no script, no request, no form, an origin of its own. Links open in a tab of their own, which
 * is an ordinary one (`javascript:` ones do not open: the policy has no place for their script).
 */
export const mailPolicy =
	"sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'";

/** The mail's own document, its links made to open in a tab of their own, as a mail client does. */
export const mailDocument = (html: string) => {
	const base = '<base target="_blank">';
	return /<head\b[^>]*>/i.test(html) ? html.replace(/<head\b[^>]*>/i, (head) => head + base) : `<!doctype html>${base}${html}`;
};
