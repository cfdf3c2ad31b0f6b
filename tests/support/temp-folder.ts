import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own; `remove` it in a `finally` or an `afterEach`. */
export function tempFolder(): { path: string; remove: () => void } {
	const path = mkdtempSync(join(tmpdir(), 'lead-intake-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}
