import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeDataFolder } from '../../../sandbox/start/data-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('The data folder', () => {
	let folder: ReturnType<typeof tempFolder>;
	let data: string;
	beforeEach(() => {
		folder = tempFolder();
		data = join(folder.path, 'new', 'data');
	});
	afterEach(() => folder.remove());

	it('is made, and left with what was put into it', () => {
		const leave = takeDataFolder(data);
		writeFileSync(join(data, 'kept'), '');
		leave();
		expect(readdirSync(data).toSorted()).toEqual(['.marketplace-lead-intake', 'kept']);
		takeDataFolder(data)();
		expect(existsSync(join(data, 'kept'))).toBe(true);
	});

	it('is open to its owner alone, even where it was open to others; a folder of somebody else keeps its mode', () => {
		const modeOf = (path: string) => statSync(path).mode & 0o777;
		takeDataFolder(data)();
		chmodSync(data, 0o755);
		takeDataFolder(data)();
		expect(modeOf(data)).toBe(0o700);
		writeFileSync(join(folder.path, 'precious'), '');
		chmodSync(folder.path, 0o755);
		expect(() => takeDataFolder(folder.path)).toThrow('was not made by npm start');
		expect(modeOf(folder.path)).toBe(0o755);
	});

	it('is emptied on reset', () => {
		takeDataFolder(data)();
		writeFileSync(join(data, 'old'), '');
		takeDataFolder(data, { reset: true })();
		expect(readdirSync(data)).toEqual(['.marketplace-lead-intake']);
	});

	it('is never one that holds somebody else’s files, not even to be emptied', () => {
		writeFileSync(join(folder.path, 'precious'), '');
		for (const reset of [false, true]) expect(() => takeDataFolder(folder.path, { reset })).toThrow('was not made by npm start');
		expect(readdirSync(folder.path)).toEqual(['precious']);
	});

	it('belongs to one process at a time, which is named; nothing is emptied meanwhile', () => {
		takeDataFolder(data)();
		writeFileSync(join(data, 'lock'), String(process.ppid));
		writeFileSync(join(data, 'kept'), '');
		expect(() => takeDataFolder(data, { reset: true })).toThrow(`already, as process ${process.ppid}`);
		expect(existsSync(join(data, 'kept'))).toBe(true);
	});

	it('is taken over from a process that was killed', () => {
		takeDataFolder(data)();
		writeFileSync(join(data, 'lock'), '2147483646');
		takeDataFolder(data)();
		expect(existsSync(join(data, 'lock'))).toBe(false);
	});
});
