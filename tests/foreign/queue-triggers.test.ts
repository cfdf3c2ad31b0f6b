import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { toHostSettings } from '../../host/host-settings.ts';
import { readHostFile } from '../../host/read-host-file.ts';
import { listenToQueue } from '../../sandbox/runner/queue-listener.ts';
import { queueMetadata } from '../../sandbox/runner/queue-metadata.ts';
import { openTriggerQueue } from '../../sandbox/runner/trigger-queue.ts';
import { canAsk, readTable, startForeign, writeTable } from './ask-foreign.ts';
import { goThrough, type Happened, type Row, type Seen, type Situation, type StartTriggers } from './queue-situations.ts';

jest.setTimeout(60_000);

/** The triggers of our runner, with the lease of the host. */
const startOurs: StartTriggers = async (triggers, tell) => {
	const listeners = await Promise.all(
		triggers.map(async ({ queue, connection, settings, work: { fails = 0, workMs = 0, together = 0 } }) => {
			const file = readHostFile(() => JSON.stringify({ extensions: { queues: settings } }), {});
			if (!file) throw new Error('no host.json');
			let left = fails;
			let missing = together;
			let goOn: () => void = () => undefined;
			const enough = new Promise<void>((resolve) => {
				goOn = resolve;
			});
			return listenToQueue({
				...(await openTriggerQueue(queue, 'Storage', { Storage: connection })),
				settings: toHostSettings(file).settings.queues,
				leaseMs: 600_000,
				warn: () => undefined,
				end: (status) => tell({ queue, ended: String(status) }),
				run: async (body, message) => {
					tell({ queue, run: body, metadata: queueMetadata('Run', body, message) });
					if (--missing <= 0) goOn();
					await enough;
					await setTimeout(workMs);
					tell({ queue, done: true });
					if (left-- > 0) throw new Error('fails on purpose');
				},
			});
		}),
	);
	return { stop: () => Promise.all(listeners.map(({ stop }) => stop())) };
};

/** Those of the host's extension. */
const startHosts: StartTriggers = async (triggers, tell) => {
	const program = await startForeign('queue-triggers');
	const ended = new Promise((resolve) => program.once('close', resolve));
	createInterface(program.stdout).on('line', (line) => tell(JSON.parse(line) as Happened));
	program.stdin.write(`${JSON.stringify(triggers)}\n`);
	return {
		stop: () => {
			program.stdin.end();
			return ended;
		},
	};
};

const { asked, rows } = readTable<Row>('queue-triggers');
/** The SDK for JavaScript, with which our runner reads queues, keeps the reference as which storage writes a carriage return. */
const unlike = new Set(['a carriage return within base64', 'without an encoding: a carriage return']);

/** What was seen in situations, as rows; they are looked at until they are those that are kept, or time is up. */
async function rowsOf(kept: Row[], start: StartTriggers, isSettled?: () => boolean): Promise<Row[]> {
	const situations = kept.map(({ runs, atOnce, visible, hidden, poison, asked, ended, metadata, ...situation }) => situation);
	const toRow = (seen: Seen, index: number) => ({ ...(situations[index] as Situation), ...seen });
	const isKept = (seen: Seen, index: number) => isDeepStrictEqual(toRow(seen, index), kept[index]);
	return (await goThrough(situations, start, isSettled ?? isKept)).map(toRow);
}

describe('the queue triggers of our runner', () => {
	it('do in every situation what those of the host do', async () => {
		const compared = rows.filter(({ situation }) => !unlike.has(situation));
		expect(compared.length).toBeGreaterThanOrEqual(80);
		expect(await rowsOf(compared, startOurs)).toEqual(compared);
	});
});

(canAsk ? describe : describe.skip)('the kept answers, asked again (dotnet restore tests/foreign)', () => {
	it('are those of the queue triggers of the host', async () => {
		if (process.env.FOREIGN !== 'write') return expect(await rowsOf(rows, startHosts)).toEqual(rows);
		const began = Date.now();
		const seen = await rowsOf(rows, startHosts, () => Date.now() - began > 15_000);
		writeTable('queue-triggers', { asked, rows: seen });
	}, 120_000);
});
