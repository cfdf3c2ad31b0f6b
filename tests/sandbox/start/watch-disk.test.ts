import { describe, expect, it } from '@jest/globals';
import { watchDisk } from '../../../sandbox/start/watch-disk.ts';

const megabyte = 1024 * 1024;

function watch(...free: (number | Error)[]) {
	const said: string[] = [];
	let look: () => void = () => undefined;
	let ended = false;
	const end = watchDisk('.data', {
		say: ({ level, text }) => void said.push(`${level}: ${text}`),
		freeBytes: () => {
			const next = free.shift() ?? 0;
			if (next instanceof Error) throw next;
			return next;
		},
		every: (_, again) => {
			look = again;
			return () => {
				ended = true;
			};
		},
	});
	while (free.length > 0) look();
	end();
	expect(ended).toBe(true);
	return said;
}

describe('the disk of the data folder', () => {
	it('is not spoken of while it has room', () => {
		expect(watch(100 * megabyte, 21 * megabyte, new Error('no such call'))).toEqual([]);
	});

	it('is said aloud to be nearly full, full, and to have room again, once each', () => {
		expect(watch(30 * megabyte, 5.5 * megabyte, 5 * megabyte, 0, 0, 100 * megabyte)).toEqual([
			'warn: The disk is nearly full: 5 MB are left for .data.',
			'error: The disk is full: leads, mails and records that come now are not written to .data, and are gone when npm start ends. Make room.',
			'info: There is room on the disk again for .data.',
		]);
	});

	it('is said to be full again after a minute, and at once where it is full from the beginning', () => {
		expect(watch(...Array.from({ length: 25 }, () => 0))).toHaveLength(3);
	});
});
