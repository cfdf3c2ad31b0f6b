import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readLocalSettings } from '../../../sandbox/start/read-local-settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('Local settings', () => {
	let folder: ReturnType<typeof tempFolder>;
	beforeEach(() => {
		folder = tempFolder();
	});
	afterEach(() => folder.remove());
	const read = (text: string) => {
		const file = join(folder.path, 'local.settings.json');
		writeFileSync(file, text);
		return readLocalSettings(file);
	};

	it('are the values, as text; comments and a comma too many do no harm', () => {
		expect(read('{ // mine\n "Values": { "A": "1", "B": 2, "C": true, }, "Host": {} }')).toEqual({ A: '1', B: '2', C: 'true' });
	});

	it('are none where there is no file or no value', () => {
		expect(readLocalSettings(join(folder.path, 'missing.json'))).toEqual({});
		expect(read('{}')).toEqual({});
	});

	it.each([
		['{\n"Values": {\n"A" "1"', 'is not JSON: ColonExpected, line 3.'],
		['{ "IsEncrypted": true, "Values": {} }', 'func settings decrypt'],
		['{ "Values": { "LEAD_ROUTES": [] } }', 'LEAD_ROUTES must be a text, JSON inside it too.'],
	])('that cannot be read say why: %s', (text, message) => {
		expect(() => read(text)).toThrow(message);
	});

	it('of the sample can be read', () => {
		expect(readLocalSettings('local.settings.sample.json')).toHaveProperty('LEAD_DESTINATIONS');
	});
});
