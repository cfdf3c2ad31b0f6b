import { setTimeout } from 'node:timers/promises';
import { seededRandom } from '../sandbox/faults/seeded-random.ts';
import { bellQueue } from '../shared/queues/bell.ts';
import { countMessages } from '../shared/storage/messages.ts';
import { openQueue } from '../shared/storage/open-storage.ts';
import { type Forgery, forgeriesOf } from './forge-answer.ts';
import { openAccounts } from './open-accounts.ts';
import { hasEnded, readJournal } from './read-journal.ts';
import { deduped, startEndpoint } from './start-endpoint.ts';
import type { Exchange, Gate } from './start-proxy.ts';
import { type Arrival, changedOf, doublesOf, type Stack, startReceiver, startStack } from './start-stack.ts';
import type { Tally } from './tally.ts';
import { mails as mailsSent, posts, together, watchSendings } from './watch-sendings.ts';

export interface StormOptions {
	seed: number;
	leads: number;
	kills: number;
	/** For how long leads are posted; then everything must drain. */
	minutes: number;
	drainMinutes?: number;
	/** How far the workers' clocks are from the true time, one ahead and one behind. */
	clockShiftSeconds?: number;
	report?: (line: string) => void;
}

export interface StormResult extends Tally {
	seed: number;
	duplicates: number;
	/** POSTs that had no answer or no 2xx, and were posted again. */
	unanswered: number;
	kills: number;
	/** Requests and answers of storage that were lost. */
	faults: number;
	/** Answers with the status of a success that proved nothing, at any service. */
	falseAnswers: number;
	seconds: number;
}

const workers = 2;
/** Of the exchanges, each way. */
const falseShare = 0.002;
const mostBells = 250;

/** An endpoint that refuses with a status, loses requests or answers, or answers too late, for a share of the requests. */
interface EndpointFault {
	how: number | 'lose' | 'loseAnswer' | 'late';
	share: number;
}

/** Longer than an attempt may take. */
const lateMs = 6000;

/** What one of the outages is: a fault of the sandbox, or of the endpoint, that is there for a while. */
const outages: { webhook?: EndpointFault; [service: string]: object | undefined }[] = [
	{ graph: { status: 503 } },
	{ dataverse: { status: 503 } },
	{ graph: { status: 429, retryAfterSeconds: 2, share: 0.5 } },
	{ dataverse: { status: 429, retryAfterSeconds: 2, share: 0.5 } },
	{ dataverse: { kind: 'lostAnswer', share: 0.5 } },
	{ graph: { kind: 'lostAnswer', share: 0.1 } },
	{ dataverse: { kind: 'reset', share: 0.5 } },
	{ graph: { kind: 'reset', share: 0.2 } },
	{ dataverse: { kind: 'hang', share: 0.2, count: 10 } },
	{ graph: { kind: 'hang', share: 0.2, count: 5 } },
	{ graph: { kind: 'slow', seconds: 4 } },
	{ dataverse: { kind: 'slow', seconds: 4 } },
	{ identity: { status: 500 } },
	{ graph: { status: 500, share: 0.1 }, dataverse: { status: 500, share: 0.5 }, webhook: { how: 500, share: 0.5 } },
	{ webhook: { how: 503, share: 1 } },
	{ webhook: { how: 429, share: 0.5 } },
	{ webhook: { how: 'lose', share: 0.5 } },
	{ webhook: { how: 'loseAnswer', share: 0.5 } },
	{ webhook: { how: 'late', share: 1 } },
];

/**
 * Two workers, whose clocks differ, on one storage account; a sender that posts again when it hears nothing; outages, resets, hangs, lost answers at
 * storage and at every destination, answers that only look like a success; kills at random moments. Then all faults end, everything drains, and what was
 * promised is compared with what arrived.
 */
export async function storm({
	seed,
	leads,
	kills,
	minutes,
	drainMinutes = 10,
	clockShiftSeconds = 30,
	report = () => undefined,
}: StormOptions): Promise<StormResult> {
	const random = seededRandom(seed);
	const begun = Date.now();
	const accounts = await openAccounts(1, { inMemory: true });
	const connectionString = accounts.connectionString(0);
	const { sandbox, mails, records } = await startReceiver();
	const endpoint = await startEndpoint();
	const tally = { duplicates: 0, unanswered: 0, kills: 0, faults: 0, falseAnswers: 0 };
	/** The customers whose leads were answered 2xx. */
	const accepted = new Set<string>();
	let disturbing = true;
	// A little of this happens all the time: storage loses a request or its answer, any service answers falsely with nothing done, or in place of the truth.
	const isStorage = (service: string) => service === 'table' || service === 'queue';
	const disturb = (exchange: Exchange, lost: number): 'pass' | 'lose' | Forgery => {
		const drawn = random();
		const forms = forgeriesOf(exchange);
		const forgery = forms[Math.floor(random() * forms.length)];
		if (!disturbing) return 'pass';
		if (isStorage(exchange.service) && drawn < lost) {
			tally.faults++;
			return 'lose';
		}
		if (drawn < 1 - falseShare || !forgery) return 'pass';
		tally.falseAnswers++;
		return forgery;
	};
	let atEndpoint: EndpointFault | undefined;
	const strike = ({ service }: Exchange, when: 'before' | 'after') => {
		if (service !== 'webhook' || !disturbing || !atEndpoint || random() >= atEndpoint.share) return undefined;
		const { how } = atEndpoint;
		if (when === 'after') return how === 'loseAnswer' ? ('lose' as const) : undefined;
		return how === 'lose' || typeof how === 'number' ? how : undefined;
	};
	const gate: Gate = {
		before: (exchange) => strike(exchange, 'before') ?? disturb(exchange, 0.002),
		after: (exchange) => (strike(exchange, 'after') ? 'lose' : disturb(exchange, 0.004)),
	};
	const [mailWatch, postWatch] = [watchSendings(mailsSent), watchSendings(posts)];
	const watch = together(mailWatch, postWatch);
	const stacks: Stack[] = [];
	try {
		for (let index = 0; index < workers; index++)
			stacks.push(
				await startStack({
					connectionString,
					sandbox,
					endpoint,
					gate: watch.through(index, gate),
					onStart: () => watch.started(index),
					clockShiftMs: (index % 2 ? 1000 : -1000) * clockShiftSeconds,
				}),
			);
		const setFaults = async ({ webhook, ...faults }: (typeof outages)[number] = {}) => {
			atEndpoint = webhook;
			endpoint.delay(webhook?.how === 'late' ? lateMs : 0);
			const hasFaults = Object.keys(faults).length > 0;
			await fetch(`${sandbox.url}/faults`, hasFaults ? { method: 'PUT', body: JSON.stringify(faults) } : { method: 'DELETE' });
		};

		const until = Date.now() + minutes * 60_000;
		const breathMs = (minutes * 60_000) / leads;
		let posted = 0;
		const bells = await openQueue({ connectionString }, bellQueue);
		let asked = { at: 0, waiting: Promise.resolve(0) };
		const isBacklogged = async () => {
			if (Date.now() - asked.at > 500)
				asked = { at: Date.now(), waiting: countMessages(bells, AbortSignal.timeout(10_000)).catch(() => 0) };
			return (await asked.waiting) > mostBells;
		};
		const send = async () => {
			while (posted < leads) {
				const number = ++posted;
				await postImpatiently(number);
				// The emulator's queues get slow with the messages in them: a storm of its own making proves nothing.
				while (await isBacklogged()) await setTimeout(500);
				const behind = Date.now() - (until - (leads - posted) * breathMs);
				if (behind < 0) await setTimeout(Math.min(-behind, 200) * random() * 2);
			}
		};
		const postImpatiently = async (number: number) => {
			const customer = `lead${number}@contoso.example`;
			const payload = { UserDetails: { Email: customer, LastName: `Lead ${number}` }, OfferTitle: `Storm ${seed}` };
			for (;;) {
				const stack = stacks[Math.floor(random() * stacks.length)];
				try {
					const response = await fetch(stack?.intakeUrl ?? '', {
						method: 'POST',
						body: JSON.stringify(payload),
						signal: AbortSignal.timeout(8000),
					});
					if (response.status === 202) {
						const { status } = (await response.json()) as { status: string };
						if (status === 'duplicate') tally.duplicates++;
						accepted.add(customer);
						// A double click.
						if (random() < 0.02) continue;
						return;
					}
					await response.arrayBuffer();
				} catch {
					// No answer: the worker was killed. The sender posts again.
				}
				tally.unanswered++;
				await setTimeout(100 + 400 * random());
			}
		};
		const killing = async () => {
			for (let index = 0; index < kills; index++) {
				await setTimeout(((minutes * 60_000) / kills) * (0.5 + random() * 0.9));
				if (!disturbing) return;
				try {
					const index = Math.floor(random() * stacks.length);
					stacks[index]?.kill();
					watch.killed(index);
					tally.kills++;
				} catch (error) {
					// It was dead already: killed a moment ago, and not started again yet.
					if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
					index--;
				}
			}
		};
		const outaging = async () => {
			while (disturbing) {
				await setFaults(outages[Math.floor(random() * outages.length)]);
				await setTimeout(1000 + 3000 * random());
				await setFaults();
				await setTimeout(4000 + 6000 * random());
			}
		};
		const progress = async () => {
			while (disturbing) {
				report(
					`${Math.round((Date.now() - begun) / 1000)} s: ${accepted.size} accepted, ${tally.kills} kills, ${tally.faults} storage faults, ${tally.falseAnswers} false answers`,
				);
				await setTimeout(10_000);
			}
		};
		const weather = Promise.all([killing(), outaging(), progress()]);
		await Promise.all(Array.from({ length: 10 }, send));
		while (tally.kills < kills && Date.now() < until + 60_000) await setTimeout(200);
		disturbing = false;
		await weather;
		await setFaults();
		report(`${Math.round((Date.now() - begun) / 1000)} s: draining`);

		const patience = Date.now() + drainMinutes * 60_000;
		let journal = await readJournal(connectionString);
		while (Date.now() < patience && !(journal.length >= accepted.size && journal.every(hasEnded))) {
			await setTimeout(2000);
			journal = await readJournal(connectionString);
			report(`${Math.round((Date.now() - begun) / 1000)} s: ${journal.filter((lead) => !hasEnded(lead)).length} leads to go`);
		}
		const [mailed, recorded] = [await mails(), await records()];
		const customersOf = (arrivals: Arrival[]) => new Set(arrivals.map(({ customer }) => customer));
		const received = deduped(endpoint.posts);
		const [mailedTo, recordedOf, receivedOf, journaledOf] = [
			customersOf(mailed),
			customersOf(recorded),
			customersOf(received),
			new Set(journal.map(({ summary }) => summary.email ?? '')),
		];
		const mailDoubles = doublesOf(mailed);
		const repeatedPosts = endpoint.posts.length - received.length;
		const idsOf = (arrivals: Arrival[]) => arrivals.map(({ leadId }) => leadId);
		const explained = mailWatch.explained(idsOf(mailed)) + postWatch.explained(idsOf(endpoint.posts));
		return {
			seed,
			accepted: accepted.size,
			...tally,
			journaled: journal.length,
			records: recorded.length,
			recordDoubles: doublesOf(recorded),
			recordsChanged: changedOf(recorded),
			mailed: mailedTo.size,
			mailDoubles,
			received: receivedOf.size,
			receivedDoubles: doublesOf(received),
			repeatedPosts,
			unexplained: mailDoubles + repeatedPosts - explained,
			parked: journal.flatMap(({ deliveries }) => Object.values(deliveries)).filter(({ state }) => state === 'parked').length,
			lost: [...accepted].filter((customer) => [journaledOf, mailedTo, recordedOf, receivedOf].some((arrived) => !arrived.has(customer)))
				.length,
			seconds: Math.round((Date.now() - begun) / 1000),
		};
	} finally {
		await Promise.all(stacks.map((stack) => stack.stop()));
		await sandbox.close();
		await endpoint.close();
		await accounts.stop();
	}
}
