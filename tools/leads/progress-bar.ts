const width = 24;

/** How far something long is, as a line of text; empty when it is done. */
export function progressBar(done: number, total: number): string {
	if (done >= total) return '';
	const full = Math.floor((done / total) * width);
	return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${done} of ${total}`;
}
