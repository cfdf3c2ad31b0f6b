import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = 'samples';

/** Every fixture's name, which is that of its quirk. Each is a payload that must be accepted. */
export const leadFixtureNames = readdirSync(folder).map((file) => basename(file, '.json'));

/** A fixture's bytes, as they are posted. */
export function leadFixture(name: string): Uint8Array {
	return new Uint8Array(readFileSync(join(folder, `${name}.json`)));
}
