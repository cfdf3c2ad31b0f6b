const icon = `data:image/svg+xml,${encodeURIComponent(
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f6cbd"/><path d="M7 11l9 7 9-7M7 10h18v12H7z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/></svg>',
)}`;

/** Everything from this origin; no script and no style but our files; no one may frame a page. */
export const pagePolicy =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The document around a page's script, which draws all of it. `name`: the page's, as in `<name>.page.js`; neither it nor the title is ever someone else's text. */
export const pageShell = (name: string, title: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/pages/${name}.page.css">
<script type="module" src="/pages/${name}.page.js"></script>
</head>
<body><noscript>This page needs JavaScript. The same is at <a href="/mailbox.json">/mailbox.json</a>, <a href="/crm.json">/crm.json</a> and <a href="/messages.json">/messages.json</a>; the outage drill is at <a href="/drill">/drill</a>.</noscript></body>
</html>
`;
