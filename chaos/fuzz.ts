import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { seededRandom } from '../sandbox/faults/seeded-random.ts';
import { spillQueue } from '../shared/accept/spill.ts';
import { countMessages } from '../shared/storage/messages.ts';
import { openQueue } from '../shared/storage/open-storage.ts';
import { openAccounts } from './open-accounts.ts';
import { readJournal } from './read-journal.ts';
import type { Gate } from './start-proxy.ts';
import { startReceiver, startStack } from './start-stack.ts';

export interface FuzzResult {
	seed: number;
	bodies: number;
	/** By status: `{ "202": 900, "400": 100 }`. */
	answers: Record<string, number>;
	serverErrors: number;
	deaths: number;
	/** Lead ids that were answered 2xx and are not in the journal. */
	missing: number;
}

/** One body made of another: bytes flipped, cut, repeated, members put in between. */
function mutate(body: Buffer, random: () => number): Buffer {
	const at = () => Math.floor(random() * (body.length + 1));
	const pieces = [
		() => Buffer.concat([body.subarray(0, at()), Buffer.from([Math.floor(random() * 256)]), body.subarray(at())]),
		() => body.subarray(0, at()),
		() => Buffer.concat([body, body.subarray(at())]),
		() => Buffer.from(body.toString('latin1').replace(/"[^"]*"/, '"\\ud800"'), 'latin1'),
		() => Buffer.from(body.toString('latin1').replace('{', `{"__proto__":{"x":${at()}},"${at()}":[[[`), 'latin1'),
		() => Buffer.from(body.toString('latin1').replace(/:/, ':null,"x":'), 'latin1'),
		() => Buffer.from(body.toString('latin1').replace(/"/, `"${String.fromCharCode(Math.floor(random() * 32))}`), 'latin1'),
		() => Buffer.from(body.toString('utf8'), 'utf16le'),
		() => gzipSync(body),
		() => Buffer.from(JSON.stringify({ body: body.toString('utf8') })),
		() => Buffer.from(body.toString('latin1').replace('{', `{"unique${at()}${Math.floor(random() * 1e9)}":1,`), 'latin1'),
	];
	const mutated = pieces[Math.floor(random() * pieces.length)]?.() ?? body;
	return random() < 0.4 ? mutate(mutated.subarray(0, 40_000), random) : mutated;
}

/** What a body may say of itself, rightly or not. */
const codings = ['gzip', 'br', 'deflate', 'gzip, deflate', 'zstd', 'x'];

interface FuzzOptions {
	seed: number;
	bodies: number;
	report?: (line: string) => void;
}

/** The emulator gets slow with what it holds, until the intake gives up on it. */
const bodiesAStorage = 10_000;

/** Posts mutated bodies through the real HTTP intake: no 5xx, no death of the worker, every 2xx in the journal. */
export async function fuzz({ seed, bodies, report = () => undefined }: FuzzOptions): Promise<FuzzResult> {
	const random = seededRandom(seed);
	const total: FuzzResult = { seed, bodies, answers: {}, serverErrors: 0, deaths: 0, missing: 0 };
	for (let posted = 0; posted < bodies; posted += bodiesAStorage) {
		const { answers, deaths, missing } = await post(Math.min(bodiesAStorage, bodies - posted), random);
		for (const [status, count] of Object.entries(answers)) {
			total.answers[status] = (total.answers[status] ?? 0) + count;
			if (Number(status) >= 500) total.serverErrors += count;
		}
		total.deaths += deaths;
		total.missing += missing;
		report(`${Math.min(bodies, posted + bodiesAStorage)} bodies: ${JSON.stringify(total)}`);
	}
	return total;
}

/** So many bodies to a storage account and a worker of their own. */
async function post(bodies: number, random: () => number): Promise<Pick<FuzzResult, 'answers' | 'deaths' | 'missing'>> {
	const accounts = await openAccounts(1, { inMemory: true });
	const connectionString = accounts.connectionString(0);
	const { sandbox } = await startReceiver();
	const folder = 'samples';
	const samples = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`));
	const answers: Record<string, number> = {};
	const accepted = new Set<string>();
	let deaths = 0;
	try {
		// Nothing is delivered: what is proved here is the intake.
		const settings = { LEAD_DESTINATIONS: '', LEAD_SWEEP_SCHEDULE: '0 0 0 1 1 *' };
		const gate: Gate = { before: () => 'pass', after: () => 'pass' };
		const stack = await startStack({ connectionString, sandbox, gate, settings });
		try {
			let posted = 0;
			const send = async () => {
				while (posted < bodies) {
					posted++;
					const body = mutate(samples[Math.floor(random() * samples.length)] ?? Buffer.alloc(0), random);
					try {
						const response = await fetch(stack.intakeUrl, {
							method: 'POST',
							body: new Uint8Array(body),
							headers: random() < 0.2 ? { 'content-encoding': codings[Math.floor(random() * codings.length)] ?? '' } : {},
							signal: AbortSignal.timeout(30_000),
						});
						answers[response.status] = (answers[response.status] ?? 0) + 1;
						const answer = (await response.json()) as { leadId?: string };
						if (answer.leadId) accepted.add(answer.leadId);
					} catch {
						deaths++;
					}
				}
			};
			await Promise.all(Array.from({ length: 16 }, send));
			// What was spilled, because the machine was busy, is drained as ever: by the sweep.
			const spill = await openQueue({ connectionString }, spillQueue);
			for (let sweeps = 0; sweeps < 100 && (await countMessages(spill, AbortSignal.timeout(10_000))) > 0; sweeps++) {
				await stack.sweep();
				await setTimeout(1000);
			}
		} finally {
			await stack.stop();
		}
		const journaled = new Set((await readJournal(connectionString)).map(({ leadId }) => leadId));
		return { answers, deaths, missing: [...accepted].filter((leadId) => !journaled.has(leadId)).length };
	} finally {
		await sandbox.close();
		await accounts.stop();
	}
}
