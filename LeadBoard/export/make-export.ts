import type { Journal } from '../../shared/journal/journal.ts';
import { type ExportFormat, openWriter, TooManyRows } from '../../shared/operate/export/export-format.ts';
import { exportFound } from '../../shared/operate/export/export-found.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations } from '../board-destinations.ts';
import { findDeps } from '../leads/search-person.ts';

export const boardFormats = ['xlsx', 'csv'] as const satisfies ExportFormat[];
export type BoardFormat = (typeof boardFormats)[number];

/** So many rows are in a file; the command line exports more. Each is kept in memory until it is sent. */
export const mostExported: Record<BoardFormat, number> = { xlsx: 2000, csv: 10_000 };
/** So many leads are looked at for a file, whatever its filter finds among them. */
export const mostLookedAt = 25_000;
/** For a file, its turn included: the request ends soon after. Milliseconds. */
const longestMs = 45_000;

/** A file, or why there is none: nothing is found, or more than is exported here. */
export type Export =
	| { kind: 'file'; file: Uint8Array; rows: number }
	| { kind: 'none' }
	| { kind: 'tooMany'; why: 'rows' | 'lookedAt' | 'time' };

class TooMuch extends Error {
	readonly why: 'lookedAt' | 'time';
	constructor(why: 'lookedAt' | 'time') {
		super(`The export was ended: ${why}`);
		this.name = 'TooMuch';
		this.why = why;
	}
}

type ExportDeps = Pick<BoardDeps, 'journal' | 'deadline' | 'settings' | 'clock' | 'person' | 'log'>;

/**
 * Everything that a filter finds, newest first, as a file in memory: whole, or not at all. One is made at a time, because each takes memory that the intake
 * needs as well.
 *
 * @param newest The newest rows are enough, as many as a file takes.
 */
export function makeExport(
	filter: Filter,
	{ format, newest }: { format: BoardFormat; newest: boolean },
	deps: ExportDeps,
): Promise<Export> {
	const most = mostExported[format];
	const endsAt = deps.clock() + longestMs;
	return inTurn(deps.journal, async () => {
		const parts: Uint8Array[] = [];
		const writer = openWriter[format](async (part) => void parts.push(typeof part === 'string' ? Buffer.from(part) : part), most);
		const journal = async () => bounded(await deps.journal(), () => deps.clock() >= endsAt);
		try {
			const rows = await exportFound(
				filter,
				{ limit: newest ? most : most + 1, writer },
				{ ...findDeps({ ...deps, journal }), destinations: await allDestinations(deps) },
			);
			if (rows > most) return { kind: 'tooMany', why: 'rows' };
			if (rows === 0) return { kind: 'none' };
			await writer.end();
			deps.log({ event: 'board.exported', by: deps.person.objectId, format, rows });
			return { kind: 'file', file: Buffer.concat(parts), rows };
		} catch (error) {
			if (error instanceof TooManyRows) return { kind: 'tooMany', why: 'rows' };
			if (error instanceof TooMuch) return { kind: 'tooMany', why: error.why };
			throw error;
		}
	});
}

/** A journal that ends the reading when too much has been read, or for too long. */
function bounded(journal: Journal, isOver: () => boolean): Journal {
	let lookedAt = 0;
	const look = (most: number) => {
		if (isOver()) throw new TooMuch('time');
		if (lookedAt >= mostLookedAt) throw new TooMuch('lookedAt');
		lookedAt += most;
	};
	return {
		...journal,
		async find(...asked) {
			look(1);
			return journal.find(...asked);
		},
		async leads(...asked) {
			look(asked[1].most);
			return journal.leads(...asked);
		},
		async rejections(...asked) {
			look(asked[1].most);
			return journal.rejections(...asked);
		},
	};
}

const turns = new WeakMap<object, Promise<unknown>>();

/** Begins when the work before it has ended, well or badly. */
function inTurn<Result>(of: object, work: () => Promise<Result>): Promise<Result> {
	const before = turns.get(of) ?? Promise.resolve();
	const mine = before.then(work, work);
	// Without the file: it would stay in memory until the next one.
	const isOver = () => undefined;
	turns.set(of, mine.then(isOver, isOver));
	return mine;
}
