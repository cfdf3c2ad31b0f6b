import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findStart } from '../../../sandbox/start/find-start.ts';
import { findIntake } from '../../../tools/post/find-intake.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
	folder = tempFolder();
});
afterEach(() => folder.remove());

const intakeUrl = 'http://127.0.0.1:7071/api/leads?code=a%2Fb==';
/** A number that no process has: Linux gives none above it. */
const nobody = 4_194_305;
const write = (name: string, content: unknown) => {
	const file = join(folder.path, name);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	return file;
};
const ready = { intakeUrl, sandboxUrl: 'http://127.0.0.1:7080', workerPid: nobody, pid: process.pid, storage: '' };
const pointer = () => join(folder.path, 'latest.json');

describe('the npm start that runs on this machine', () => {
	it('is found by the file that it wrote, also while its worker is restarted', () => {
		const file = write('ready.json', ready);
		expect(findStart({ readyFile: file })).toEqual({ ready, file });
		expect(findStart({ data: folder.path })).toEqual({ ready, file });
		expect(findIntake({ readyFile: file })).toBe(intakeUrl);
	});

	it('is found wherever it wrote that file, when nothing is named', () => {
		const file = write('elsewhere/ready.json', ready);
		write('latest.json', { readyFile: file });
		expect(findStart({}, pointer())).toEqual({ ready, file });
	});

	it('is only looked for where one says', () => {
		write('latest.json', { readyFile: write('elsewhere/ready.json', ready) });
		expect(findStart({ data: join(folder.path, 'none') }, pointer())).toEqual({ why: expect.stringContaining('does not run here') });
	});

	it('does not run any more when it was killed', () => {
		const file = write('ready.json', { ...ready, pid: nobody });
		expect(findStart({ readyFile: file })).toEqual({ why: expect.stringMatching(/^npm start does not run any more: .*left over/) });
		expect(() => findIntake({ readyFile: file })).toThrow(/does not run any more.* Run npm start, or name the address with --url/);
	});

	it('is said to be killed also where it wrote its file elsewhere', () => {
		const file = write('elsewhere/ready.json', { ...ready, pid: nobody });
		write('latest.json', { readyFile: file });
		expect(findStart({}, pointer(), folder.path)).toEqual({ why: expect.stringContaining(`does not run any more: ${file}`) });
	});

	it.each(['', '{', '{}', '[]', 'null', '"text"', '{"intakeUrl":1,"sandboxUrl":2}'])('did not write %j', (text) => {
		expect(findStart({ readyFile: write('ready.json', text) })).toEqual({ why: expect.stringMatching(/was not written by npm start/) });
	});

	it('is not there without a file, whatever the pointer holds', () => {
		for (const text of ['', '[]', '{"readyFile":7}', '{"readyFile":""}', '{"readyFile":"/nowhere/ready.json"}']) {
			write('latest.json', text);
			expect(findStart({ data: undefined, readyFile: undefined }, pointer())).not.toHaveProperty('ready');
		}
	});
});
