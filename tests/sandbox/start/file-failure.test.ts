import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileFailure } from '../../../sandbox/start/file-failure.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder: ReturnType<typeof tempFolder>;
let file: string;
beforeAll(() => {
	folder = tempFolder();
	file = join(folder.path, 'file');
	writeFileSync(file, '');
});
afterAll(() => folder.remove());

function told(path: string, use: 'read' | 'written', run: (path: string) => unknown): string | undefined {
	try {
		run(path);
	} catch (error) {
		return fileFailure(error, path, use);
	}
	throw new Error('it could be used');
}

describe('a path that cannot be used', () => {
	it('is told with what to do, by what the file system says of it', () => {
		const missing = join(folder.path, 'missing');
		expect(told(missing, 'read', readFileSync)).toBe(`There is no file ${missing}.`);
		expect(told(folder.path, 'read', readFileSync)).toBe(`${folder.path} cannot be read: it is a folder: name a file.`);
		expect(told(folder.path, 'written', (path) => rmSync(path, { force: true }))).toMatch(/cannot be written: it is a folder/);
		expect(told(file, 'written', (path) => mkdirSync(path, { recursive: true }))).toBe(
			`${file} cannot be written: it is a file: name a folder.`,
		);
		expect(told(join(file, 'x'), 'read', readFileSync)).toMatch(/a part of it is a file/);
		expect(told(join(missing, 'x.csv'), 'written', (path) => writeFileSync(path, ''))).toMatch(
			/there is no folder .*missing\. Make it first\.$/,
		);
		expect(told('', 'written', (path) => mkdirSync(path, { recursive: true }))).toBe('The name of a file or folder is empty.');
		expect(told(join(folder.path, 'n'.repeat(300)), 'read', readFileSync)).toMatch(/the name is too long/);
	});

	it('is not blamed for what is no failure of a file system', () => {
		expect(fileFailure(new Error('boom'), file, 'read')).toBeUndefined();
		expect(fileFailure(undefined, file, 'read')).toBeUndefined();
	});
});
