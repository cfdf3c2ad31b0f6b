import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { toHostSettings } from '../../host/host-settings.ts';
import { readHostFile } from '../../host/read-host-file.ts';
import { listenToQueue } from '../../sandbox/runner/queue-listener.ts';
import { queueMetadata } from '../../sandbox/runner/queue-metadata.ts';
import { openTriggerQueue } from '../../sandbox/runner/trigger-queue.ts';
import { canAsk, readTable, startForeign } from './ask-foreign.ts';
import { goThrough, type Happened, type Row, type Seen, type StartTriggers } from './queue-situations.ts';

jest.setTimeout(60_000);

/** The triggers of our runner, with the lease of the host. */
const startOurs: StartTriggers = async (triggers, tell) => {
	const listeners = await Promise.all(
		triggers.map(async ({ queue, connection, settings, fails = 0, workMs = 0 }) => {
			const file = readHostFile(() => JSON.stringify({ extensions: { queues: settings } }), {});
			if (!file) throw new Error('no host.json');
			let left = fails;
			return listenToQueue({
				...(await openTriggerQueue(queue, 'Storage', { Storage: connection })),
				settings: toHostSettings(file).settings.queues,
				leaseMs: 600_000,
				warn: () => undefined,
				run: async (body, message) => {
					tell({ queue, run: body, metadata: queueMetadata(body, message) });
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
const questions = rows.map(({ runs, atOnce, visible, hidden, poison, asked, ended, metadata, ...situation }) => situation);
const expected = rows.map(({ situation, settings, poisonQueue, messages, receivedBefore, fails, workMs, refused, ...seen }) => seen as Seen);
const asKept = (seen: Seen[]) => isDeepStrictEqual(JSON.parse(JSON.stringify(seen)), expected);
const named = (seen: Seen[]) => seen.map((seen, index) => ({ ...questions[index], ...seen }));

describe('the queue triggers of our runner', () => {
	it('do in every situation what those of the host do', async () => {
		expect(named(await goThrough(questions, startOurs, asKept))).toEqual(rows);
	});
});

(canAsk ? describe : describe.skip)('the kept answers, asked again (dotnet restore tests/foreign)', () => {
	it('are those of the queue triggers of the host', async () => {
		if (process.env.FOREIGN === 'write') {
			const began = Date.now();
			const seen = named(await goThrough(questions, startHosts, () => Date.now() - began > 30_000, 60_000));
			const lines = seen.map((row) => `\t\t${JSON.stringify(row)}`);
			writeFileSync('tests/foreign/queue-triggers.json', `{\n\t"asked": ${JSON.stringify(asked)},\n\t"rows": [\n${lines.join(',\n')}\n\t]\n}\n`);
		} else expect(named(await goThrough(questions, startHosts, asKept))).toEqual(rows);
	}, 120_000);
});
