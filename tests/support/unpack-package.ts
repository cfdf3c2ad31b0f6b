import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { packageFiles } from '../../tools/package/package-files.ts';
import { toZip } from '../../tools/package/to-zip.ts';

/** Makes the package and unpacks its zip into an empty folder, as the platform does; gives the folder. */
export async function unpackPackage(folder: string): Promise<string> {
	for (const [path, bytes] of Object.entries(unzipSync(toZip(await packageFiles())))) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), bytes);
	}
	return folder;
}
