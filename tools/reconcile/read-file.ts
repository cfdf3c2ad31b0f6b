import { readFile, stat } from 'node:fs/promises';
import { fileFailure } from '../../sandbox/start/file-failure.ts';
import { type FileRows, mostBytes, mostRows, UnreadableFile } from './file-rows.ts';
import { readCsv } from './read-csv.ts';

/** Reads a CSV or xlsx file by what is in it, whatever its name is. Throws `UnreadableFile` with a sentence that says what to do. */
export async function readRows(path: string): Promise<FileRows> {
	const bytes = await read(path);
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
		throw new UnreadableFile(`${path} is an old or a protected Excel file: open it and save it as .xlsx or CSV.`);
	const isZip = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
	const rows = isZip ? await (await import('./read-xlsx.ts')).readXlsx(bytes, path) : readCsv(bytes, path);
	if (rows.rows.length > mostRows) throw new UnreadableFile(`${path} has more than ${mostRows} rows: export fewer days at a time.`);
	return rows;
}

async function read(path: string): Promise<Uint8Array> {
	try {
		if ((await stat(path)).size > mostBytes) throw new UnreadableFile(`${path} is larger than 64 MiB: export fewer days at a time.`);
		return await readFile(path);
	} catch (error) {
		const why = fileFailure(error, path, 'read');
		throw why ? new UnreadableFile(why) : error;
	}
}

const startsWith = (bytes: Uint8Array, head: number[]) => head.every((byte, index) => bytes[index] === byte);
