import { statfsSync } from 'node:fs';
import type { HumanLine } from './to-human-line.ts';

interface DiskDeps {
	say: (line: HumanLine) => void;
	/** Bytes that may still be written to the disk of a folder. */
	freeBytes?: (folder: string) => number;
	/** Calls again and again; gives back how to end it. */
	every?: (ms: number, look: () => void) => () => void;
}

const everyMs = 5000;
/** So many looks after which a full disk is said again. */
const looksBetween = 12;
const megabyte = 1024 * 1024;
/** Of the files of the local store, each is written anew as a whole. */
const lowBytes = 20 * megabyte;
const fullBytes = megabyte;

/**
 * Says aloud that the disk of the data folder is full, or nearly: the local store keeps quiet about it, goes on in memory, and loses what it could not write
 * when it ends. Gives back how to end it.
 */
export function watchDisk(folder: string, { say, freeBytes = freeBytesOf, every = everyInterval }: DiskDeps): () => void {
	let known: 'full' | 'low' | 'enough' = 'enough';
	let looks = 0;
	const look = () => {
		let free: number;
		try {
			free = freeBytes(folder);
		} catch {
			return; // not told by this file system
		}
		const now = free < fullBytes ? 'full' : free < lowBytes ? 'low' : 'enough';
		looks = now === known ? looks + 1 : 0;
		if (now !== known || (now === 'full' && looks % looksBetween === 0)) {
			if (now === 'full')
				say({
					level: 'error',
					text: `The disk is full: leads, mails and records that come now are not written to ${folder}, and are gone when npm start ends. Make room.`,
				});
			else if (now === 'low')
				say({ level: 'warn', text: `The disk is nearly full: ${Math.floor(free / megabyte)} MB are left for ${folder}.` });
			else say({ level: 'info', text: `There is room on the disk again for ${folder}.` });
		}
		known = now;
	};
	look();
	return every(everyMs, look);
}

/** Without root's reserve. */
function freeBytesOf(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}

function everyInterval(ms: number, look: () => void): () => void {
	const timer = setInterval(look, ms);
	timer.unref();
	return () => clearInterval(timer);
}
