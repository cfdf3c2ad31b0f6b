const width = 24;

/** How far something long is, as a line of text; empty when it is done. `of what`, when it is said, stands behind. */
export function progressBar(done: number, total: number, what = ''): string {
	if (done >= total) return '';
	const full = Math.floor((done / total) * width);
	return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${done} of ${total}${what && ` ${what}`}`;
}
