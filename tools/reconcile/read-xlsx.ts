import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { type Cell, type FileRows, UnreadableFile } from './file-rows.ts';

/** What a workbook of 100,000 leads unpacks to, several times over. */
const mostUnpacked = 512 * 1024 * 1024;

/** Reads the first sheet of a workbook (Office Open XML). */
export async function readXlsx(bytes: Uint8Array, path: string): Promise<FileRows> {
	try {
		const names = contentsOf(bytes);
		const sheets = names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).length;
		if (sheets === 0) throw new UnreadableFile(`${path} is an archive, but no workbook: name a .xlsx or CSV file.`);
		const rows = await readSheet(Buffer.from(bytes));
		const notes = sheets > 1 ? [`The workbook has ${sheets} sheets: the first was read.`] : [];
		return { kind: 'xlsx', rows: rows.map((row) => row.map(toCell)), notes };
	} catch (error) {
		if (error instanceof UnreadableFile) throw error;
		throw new UnreadableFile(
			`${path} cannot be read as a workbook: it is damaged, or protected by a password. Save it again as .xlsx or CSV.`,
		);
	}
}

/** The names of what is in the archive. Nothing is unpacked. */
function contentsOf(bytes: Uint8Array): string[] {
	const names: string[] = [];
	let unpacked = 0;
	unzipSync(bytes, {
		filter: ({ name, originalSize }) => {
			names.push(name);
			unpacked += originalSize;
			return false;
		},
	});
	if (unpacked > mostUnpacked) throw new UnreadableFile('The workbook unpacks to more than 512 MiB: export fewer days at a time.');
	return names;
}

/** A workbook counts days in a floating number, which misses the second by parts of it. */
const toCell = (value: unknown): Cell =>
	value instanceof Date ? new Date(Math.round(value.getTime() / 1000) * 1000) : value === null || value === undefined ? '' : String(value);
