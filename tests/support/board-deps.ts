import type { BoardDeps } from '../../LeadBoard/board-deps.ts';
import { boardRoutes } from '../../LeadBoard/board-routes.tsx';
import type { LogLine } from '../../shared/basics/log.ts';
import { openServices } from '../../shared/services.ts';
import { workingSettings } from './app.ts';

/** The pages for someone who may read, over a journal; `now` stands still. */
export function askBoard(journal: BoardDeps['journal'], now: number, more: Partial<BoardDeps> = {}) {
	const lines: LogLine[] = [];
	const deps: BoardDeps = {
		...openServices({ ...workingSettings, AzureWebJobsStorage: 'UseDevelopmentStorage=true' }),
		journal,
		clock: () => now,
		person: { objectId: '33333333-3333-3333-3333-333333333333', name: 'Ann Operator', mayAct: false },
		log: (line) => void lines.push(line),
		...more,
	};
	const request = async (path: string, { headers, ...init }: RequestInit = {}) =>
		boardRoutes.fetch(new Request(`http://127.0.0.1${path}`, { ...init, headers: { 'sec-fetch-site': 'same-origin', ...headers } }), deps);
	const ask = (path: string, headers: Record<string, string> = {}) => request(path, { headers });
	return { ask, request, lines, deps };
}
