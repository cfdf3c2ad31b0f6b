import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findIntake } from '../../../tools/post/find-intake.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'find-intake-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (text: string) => {
	const file = join(folder, 'ready.json');
	await writeFile(file, text);
	return file;
};

describe('findIntake', () => {
	it('reads the address that npm start wrote', async () => {
		const intakeUrl = 'http://127.0.0.1:7071/api/leads?code=a%2Fb==';
		expect(
			await findIntake(await write(JSON.stringify({ workerPid: 1, intakeUrl, sandboxUrl: 'http://127.0.0.1:7080' }, undefined, '\t'))),
		).toBe(intakeUrl);
	});

	it('says what to do when there is no such file', async () => {
		await expect(findIntake(join(folder, 'none.json'))).rejects.toThrow(
			'none.json cannot be read. Is `npm start` running? Or name the address with --url.',
		);
	});

	it.each(['{}', '{"intakeUrl":', ''])('says what is missing in %j', async (text) => {
		await expect(findIntake(await write(text))).rejects.toThrow('names no intakeUrl');
	});
});
