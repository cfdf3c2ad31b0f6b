import { zipSync } from 'fflate';

/** A zip writes local time without a zone: a local date gives the same bytes in every zone. */
const written = new Date(2000, 0, 1);

/** The same bytes for the same files, whoever makes it, wherever and whenever: pure JavaScript, sorted paths, one date. */
export function toZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
	const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
	return zipSync(Object.fromEntries(sorted), { level: 9, mtime: written });
}
