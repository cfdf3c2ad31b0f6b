import { type Cell, textOf } from './file-rows.ts';

/** In which order a date of numbers has its day and month. */
export type DateOrder = 'dmy' | 'mdy';

export interface TimeOptions {
	/** As a person said; absent: it must show itself. */
	order?: DateOrder | undefined;
	/** Of times that do not tell theirs; an IANA name. */
	timeZone: string;
	/** Milliseconds since the epoch: nothing came later. */
	now: number;
}

/** A time as it was read; `isDay`: it has no time of day, and is taken for its noon. */
export interface ReadTime {
	at: number;
	isDay: boolean;
}

/** All times of a column, `undefined` where one cannot be read. `ambiguous`: a person must say what is first, the day or the month. */
export type ReadTimes = { ok: true; times: (ReadTime | undefined)[] } | { ok: false };

const dayMs = 86_400_000;
/** Clocks differ, and a time without its zone may be half a day off. */
const aheadMs = dayMs;
/** The marketplaces are younger. */
const earliest = Date.UTC(2009, 0, 1);

/** Reads a column of times. One order of day and month holds for all of it: the one with which every date exists and none is in the future. */
export function readTimes(cells: (Cell | undefined)[], { order, timeZone, now }: TimeOptions): ReadTimes {
	const offsetAt = zoneOffset(timeZone);
	// In a spreadsheet a day alone is its midnight, and one lead of many may have come at midnight.
	const inDays = cells.every((cell) => !isOfSpreadsheet(cell) || isMidnight(cell));
	const zone: Zone = { offsetAt, inDays };
	const read = (as: DateOrder) => cells.map((cell) => readTime(cell, as, zone, now));
	if (order) return { ok: true, times: read(order) };
	const [dmy, mdy] = [read('dmy'), read('mdy')];
	const differ = dmy.some((time, index) => time?.at !== mdy[index]?.at);
	if (!differ) return { ok: true, times: dmy };
	const readable = (times: (ReadTime | undefined)[]) => times.filter(Boolean).length;
	if (readable(dmy) === readable(mdy)) return { ok: false };
	return { ok: true, times: readable(dmy) > readable(mdy) ? dmy : mdy };
}

interface Zone {
	offsetAt: (wall: number) => number;
	/** What a spreadsheet says has no time of day. */
	inDays: boolean;
}

/** A day's number in a spreadsheet, counted from the end of 1899. */
const serial = /^[3-6]\d{4}(?:[.,]\d+)?$/;
const ofSerial = (text: string) => Date.UTC(1899, 11, 30) + Math.round(Number(text.replace(',', '.')) * 86_400) * 1000;
const isOfSpreadsheet = (cell: Cell | undefined) => cell instanceof Date || serial.test(textOf(cell));
const isMidnight = (cell: Cell | undefined) => (cell instanceof Date ? cell.getTime() : ofSerial(textOf(cell))) % dayMs === 0;

function readTime(cell: Cell | undefined, order: DateOrder, zone: Zone, now: number): ReadTime | undefined {
	const { offsetAt, inDays } = zone;
	const text = textOf(cell);
	const wall = cell instanceof Date ? cell.getTime() : serial.test(text) ? ofSerial(text) : undefined;
	const time =
		wall === undefined ? readText(text, order, offsetAt) : inDays ? ofDay(wall, offsetAt) : { at: wall - offsetAt(wall), isDay: false };
	if (!time || !Number.isFinite(time.at) || time.at < earliest || time.at > now + aheadMs) return undefined;
	// Nothing came later than now; an export may have the day of today.
	return { ...time, at: Math.min(Math.trunc(time.at), now) };
}

/** The noon of a day, whose midnight is told by the wall clock. */
function ofDay(midnight: number, offsetAt: Zone['offsetAt']): ReadTime {
	const noon = midnight + dayMs / 2;
	return { at: noon - offsetAt(noon), isDay: true };
}

const clockPattern = String.raw`(?:[T,\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?\s?[Mm]\.?)?)?`;
const zonePattern = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const yearFirst = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${clockPattern}${zonePattern}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})([-/.])\\s?(\\d{1,2})[-/.]\\s?(\\d{4}|\\d{2})${clockPattern}${zonePattern}$`, 'i');

function readText(text: string, order: DateOrder, offsetAt: Zone['offsetAt']): ReadTime | undefined {
	if (/^\d{13}$/.test(text)) return { at: Number(text), isDay: false };
	if (/^\d{10}$/.test(text)) return { at: Number(text) * 1000, isDay: false };
	const iso = yearFirst.exec(text);
	if (iso) return ofParts([iso[1], iso[2], iso[3]], iso.slice(4), offsetAt);
	const numbers = yearLast.exec(text);
	if (numbers) {
		const [, one, sign, two, year = ''] = numbers;
		// With dots the day is first, everywhere.
		const isDayFirst = sign === '.' || order === 'dmy';
		return ofParts([year.length === 2 ? `20${year}` : year, isDayFirst ? two : one, isDayFirst ? one : two], numbers.slice(5), offsetAt);
	}
	return ofWords(text, offsetAt);
}

function ofParts(date: (string | undefined)[], clock: (string | undefined)[], offsetAt: Zone['offsetAt']): ReadTime | undefined {
	const [year = 0, month = 0, day = 0] = date.map(Number);
	const [hour, minute = '0', second = '0', fraction = '0', half = '', zone] = clock;
	const midnight = Date.UTC(year, month - 1, day);
	if (new Date(midnight).getUTCDate() !== day || new Date(midnight).getUTCMonth() !== month - 1) return undefined;
	if (hour === undefined) return ofDay(midnight, offsetAt);
	const hours = half ? (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hour);
	if (hours > 23 || (half && Number(hour) > 12) || Number(minute) > 59 || Number(second) > 60) return undefined;
	const wall = midnight + ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000);
	return { at: wall - (zone === undefined ? offsetAt(wall) : zoneMs(zone)), isDay: false };
}

function zoneMs(zone: string): number {
	const [, sign = '', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** `Nov 23, 2026, 3:05 PM`, `23 November 2026 15:05:07 GMT`: what an English date says in words. */
function ofWords(text: string, offsetAt: Zone['offsetAt']): ReadTime | undefined {
	if (!/[a-z]{3}/i.test(text) || !/\b\d{4}\b/.test(text) || text.length > 80) return undefined;
	const hasZone = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\b/.test(text);
	const said = Date.parse(hasZone ? text : `${text.replace(/\bat\b/i, '')} UTC`);
	if (Number.isNaN(said)) return undefined;
	return hasZone ? { at: said, isDay: false } : /\d:\d/.test(text) ? { at: said - offsetAt(said), isDay: false } : ofDay(said, offsetAt);
}

/** How far the wall clock of a zone is ahead of UTC, by the wall clock; milliseconds. Throws a RangeError for a zone that does not exist. */
function zoneOffset(timeZone: string): (wall: number) => number {
	if (timeZone === 'UTC') return () => 0;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		...({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
	});
	const ahead = (at: number) => {
		const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
		const shown = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
		return shown - Math.floor(at / 1000) * 1000;
	};
	// Once more, because the first guess may be on the other side of a change of the clocks.
	return (wall) => (Number.isFinite(wall) && Math.abs(wall) < 8e15 ? ahead(wall - ahead(wall)) : 0);
}
