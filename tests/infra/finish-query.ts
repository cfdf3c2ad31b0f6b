/** A query of an alert as Azure finishes it: only there it is known when the workspace was made. Any other query stays as it is. */
export function finishQuery(query: string, createdAt: string): string {
	const [, text = '', first = ''] = /^\[format\('(.*)', '(.*)', reference\([^)]*\)\.createdDate\)\]$/s.exec(query) ?? [];
	return text ? text.replace('{0}', first).replace('{1}', createdAt) : query;
}
