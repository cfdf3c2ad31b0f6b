import { dirname } from 'node:path';

const noSpace = 'its disk is full: make room, or name another place.';
const forbidden = 'you are not allowed to: name another place, or change its permissions.';

/** Each completes "PATH cannot be read" or "… written". */
const reasons: Record<string, string> = {
	EISDIR: 'it is a folder: name a file.',
	ERR_FS_EISDIR: 'it is a folder: name a file.',
	EEXIST: 'it is a file: name a folder.',
	ENOTDIR: 'a part of it is a file: name a folder there.',
	EACCES: forbidden,
	EPERM: forbidden,
	ENOSPC: noSpace,
	EDQUOT: noSpace,
	EROFS: 'its disk is read-only: name another place.',
	ENAMETOOLONG: 'the name is too long.',
	ELOOP: 'its links lead in a circle.',
	ERR_INVALID_ARG_VALUE: 'it is not a name.',
};

/** Why a path that someone has named cannot be used, in a sentence that says what to do; undefined for an error that no file system gave. */
export function fileFailure(error: unknown, path: string, use: 'read' | 'written'): string | undefined {
	const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
	if (path === '') return 'The name of a file or folder is empty.';
	if (code === 'ENOENT') return use === 'written' ? noFolder(path) : `There is no file ${path}.`;
	const reason = reasons[code];
	return reason && `${path} cannot be ${use}: ${reason}`;
}

const noFolder = (path: string) => `${path} cannot be written: there is no folder ${dirname(path)}. Make it first.`;
