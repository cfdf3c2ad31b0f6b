import { randomUUID } from 'node:crypto';
import { timeOfLeadId } from '../../lead/lead-id.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { mostRejectedPerDay, type RejectedPayload } from '../entries.ts';
import { dayOf } from './daily-counts.ts';
import { notKeptKey, partition, rejectedKey, rejectionsBetween, ticketKey } from './row-keys.ts';
import { readRange, submit } from './rows.ts';

const dayMs = 86_400_000;
/** After so many of its own, an instance looks again how many there are: the others keep some too. So much more than the cap is kept per instance at most. */
const keptBeforeLook = 50;
/** Once a day is full, an instance looks again after this time: someone may have erased. */
const fullForMs = 60_000;
/** The spill brings payloads of earlier days; more days at a time are not remembered. */
const mostDays = 8;

interface Day {
	/** So many may be kept before the next look. */
	left: number;
	fullUntil: number;
	look?: Promise<void> | undefined;
	/** By this instance. */
	notKept: number;
	written: number;
	write?: Promise<void> | undefined;
}

/**
 * Keeps the first `mostRejectedPerDay` rejected payloads of a day, and only counts the others: who can post could otherwise fill the journal for ever. A
 * refusal costs one operation, and one read of keys for every 50 that are kept, or once a minute when the day is full. Each instance counts in a row of its
 * own, one write at a time, so that a flood never races for a row.
 */
export function createRejectionKeeper(
	table: StorageTable,
): (rejected: RejectedPayload, signal: AbortSignal) => Promise<'kept' | 'counted'> {
	const days = new Map<string, Day>();
	const instance = randomUUID();

	const dayNamed = (name: string): Day => {
		const known = days.get(name) ?? { left: 0, fullUntil: 0, notKept: 0, written: 0 };
		days.set(name, known);
		const oldest = days.keys().next().value;
		if (days.size > mostDays && oldest !== undefined) days.delete(oldest);
		return known;
	};

	const look = async (day: Day, time: number, signal: AbortSignal) => {
		const since = Math.floor(time / dayMs) * dayMs;
		const range = rejectionsBetween({ since, until: since + dayMs - 1 });
		const kept = await readRange(table, range, { most: mostRejectedPerDay, select: [], signal });
		day.left = Math.min(keptBeforeLook, mostRejectedPerDay - kept.length);
		if (day.left === 0) day.fullUntil = time + fullForMs;
	};

	const hasRoom = async (day: Day, time: number, signal: AbortSignal) => {
		while (day.left === 0) {
			if (time < day.fullUntil) return false;
			day.look ??= look(day, time, signal).finally(() => {
				day.look = undefined;
			});
			await day.look;
		}
		day.left--;
		return true;
	};

	const write = async (name: string, day: Day, signal: AbortSignal) => {
		const { notKept } = day;
		await submit(table, [['upsert', { partitionKey: partition, rowKey: notKeptKey(name, instance), v: 1, notKept }, 'Replace']], signal);
		day.written = notKept;
	};

	/** A count that could not be written is in the next one: for its sake no sender waits longer, and nothing is spilled. */
	const count = async (name: string, day: Day, signal: AbortSignal) => {
		const mine = ++day.notKept;
		try {
			while (day.written < mine) {
				day.write ??= write(name, day, signal).finally(() => {
					day.write = undefined;
				});
				await day.write;
			}
		} catch {
			// See above.
		}
	};

	return async (rejected, signal) => {
		const time = timeOfLeadId(rejected.id);
		const name = dayOf(time);
		const day = dayNamed(name);
		if (rejected.mustKeep || (await hasRoom(day, time, signal))) {
			await rejectPayload(table, rejected, signal);
			return 'kept';
		}
		await count(name, day, signal);
		return 'counted';
	};
}

/** Issues of a hopeless payload can be many; a string property holds 32 Ki units. */
const mostIssues = 50;

/** Keeps what could not be read as a lead, until a person has looked at it. */
async function rejectPayload(table: StorageTable, rejected: RejectedPayload, signal: AbortSignal): Promise<void> {
	const { id, receivedAt, payload, contentType = '', contentEncoding = '', status } = rejected;
	const row = {
		v: 1,
		receivedAt,
		payload,
		contentType,
		contentEncoding,
		status,
		issues: JSON.stringify(rejected.issues.slice(0, mostIssues)),
	};
	// Refused only when it is there already, by a try whose answer was lost.
	await submit(
		table,
		[
			['create', { partitionKey: partition, rowKey: rejectedKey(id), ...row }],
			['create', { partitionKey: partition, rowKey: ticketKey('rejected', receivedAt, id) }],
		],
		signal,
	);
}
