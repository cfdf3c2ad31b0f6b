/** Why nothing can be started, in words that say what to do; there is no need for a stack. */
export class StartFailure extends Error {}

/** Runs a step that opens a port; that it is taken is told with what to do. */
export async function onPort<Result>(port: number, option: string, open: () => Promise<Result>): Promise<Result> {
	try {
		return await open();
	} catch (error) {
		const { code } = error as { code?: string };
		if (code === 'EADDRINUSE')
			throw new StartFailure(
				`Port ${port} is taken. Stop the program that listens there, or choose another port: npm start -- ${option} ${port + 10} (0: any).`,
			);
		if (code === 'EACCES') throw new StartFailure(`You may not open port ${port}. Choose one above 1024: npm start -- ${option} 0`);
		throw error;
	}
}

/** What a file system says when it takes no more, in words; undefined for any other trouble. A child tells it in its last words. */
export function diskTrouble(error: unknown, folder: string): string | undefined {
	const { code = '', message = '' } = error as { code?: string; message?: string };
	const said = /\b(ENOSPC|EDQUOT|EROFS)\b/.exec(`${code} ${message}`)?.[1];
	if (said === 'EROFS') return `${folder} cannot be written: its disk is read-only. Name another folder: npm start -- --data FOLDER`;
	return said && `The disk is full: ${folder} cannot be written (${said}). Make room, or name another folder: npm start -- --data FOLDER`;
}
