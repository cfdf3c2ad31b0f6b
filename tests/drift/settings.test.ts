import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { generatedFiles } from '../../tools/generate/generated-files.ts';

describe('what is made from the catalogue of settings', () => {
	const read = (path: string) => readFileSync(path, 'utf8');

	it.each(generatedFiles(read))('is up to date in $path (npm run generate)', ({ path, now }) => {
		expect(read(path)).toBe(now);
	});
});
