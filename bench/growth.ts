import type { InvocationContext, Timer } from '@azure/functions';
import { storageUpstreams, throughProxy } from '../chaos/proxy-storage.ts';
import { startProxy } from '../chaos/start-proxy.ts';
import { sweepJournal } from '../LeadSweep/sweep-journal.ts';
import { sandboxSettings } from '../sandbox/sandbox-settings.ts';
import { beginAttempt } from '../shared/delivery/attempt.ts';
import { enter, newDelivery } from '../shared/delivery/delivery.ts';
import { namesOf } from '../shared/delivery/destination-kind.ts';
import { destinationKinds } from '../shared/destinations/destination-kinds.ts';
import type { NewLead } from '../shared/journal/entries.ts';
import type { Journal, Move } from '../shared/journal/journal.ts';
import { createTableJournal, journalTable } from '../shared/journal/table/table-journal.ts';
import { newLeadId, personHash } from '../shared/lead/lead-id.ts';
import { openServices } from '../shared/services.ts';
import { openTable } from '../shared/storage/open-storage.ts';
import type { BenchOptions } from './bench-options.ts';
import { type Figure, median } from './figure.ts';
import { fillJournal } from './fill-journal.ts';
import { leadPayload } from './lead-payload.ts';
import { countStorage } from './storage-counter.ts';

const pageSize = 50;
const signal = () => AbortSignal.timeout(60_000);

/** What the same work costs on one journal. */
interface Cost {
	operations: number;
	acceptMs: number;
	claimMs: number;
	pageRows: number;
	pageMs: number;
	sweepRows: number;
	sweepOperations: number;
	sweepMs: number;
}

/** What a lead, a page of the list and a sweep cost when few and when many leads are stored. */
export async function benchGrowth({ stored, quick, report, openStorage }: BenchOptions): Promise<Figure[]> {
	const [few, many] = quick ? [60, 300] : [1000, stored];
	const accounts = await openStorage(1);
	try {
		const connectionString = accounts.connectionString(0);
		report(`storing ${few} leads`);
		await fillJournal(connectionString, { from: 0, to: few });
		const less = await measure(connectionString, quick);
		report(`storing ${many} leads`);
		await fillJournal(connectionString, { from: few, to: many });
		const more = await measure(connectionString, quick);
		const ratio = (what: string, member: keyof Cost, unit: string, aim?: number): Figure => ({
			part: 'growth',
			what: `${what}, ${many} stored to ${few}`,
			value: more[member] / less[member],
			unit: '×',
			...(aim !== undefined && { aim: { atMost: aim } }),
			note: `${less[member].toFixed(2)} and ${more[member].toFixed(2)} ${unit}`,
		});
		return [
			ratio('storage operations to accept and claim', 'operations', 'a lead', 1),
			ratio('time to accept', 'acceptMs', 'ms', 1.1),
			ratio('time to claim', 'claimMs', 'ms', 1.1),
			ratio(`rows read for a page of ${pageSize}`, 'pageRows', 'rows', 1),
			ratio(`time for a page of ${pageSize}`, 'pageMs', 'ms'),
			ratio('rows read for a sweep', 'sweepRows', 'rows', 1),
			ratio('storage operations of a sweep', 'sweepOperations', 'a sweep', 1),
			ratio('time for a sweep', 'sweepMs', 'ms'),
		];
	} finally {
		await accounts.stop();
	}
}

let numbers = 1e7;

async function measure(connectionString: string, quick: boolean): Promise<Cost> {
	const samples = quick ? 5 : 500;
	const table = await openTable({ connectionString }, journalTable);
	const direct = createTableJournal(table, namesOf(destinationKinds));
	const timed = async (work: () => Promise<unknown>) => {
		const begun = performance.now();
		await work();
		return performance.now() - begun;
	};
	const accepts: number[] = [];
	const claims: number[] = [];
	for (let index = 0; index < samples + 20; index++) {
		const lead = newLead();
		const [accept, claim] = [await timed(() => direct.accept(lead, signal())), await timed(() => claimAndEnd(direct, lead.leadId))];
		// The first ones warm up.
		if (index < 20 && !quick) continue;
		accepts.push(accept);
		claims.push(claim);
	}
	const pages: number[] = [];
	for (let index = 0; index < (quick ? 1 : 7); index++) pages.push(await timed(() => readPage(direct)));
	const sweep = sweepOn(connectionString);
	const sweeps: number[] = [];
	for (let index = 0; index < (quick ? 1 : 3); index++) sweeps.push(await timed(sweep));

	const counted = await onTheWire(connectionString, async (proxied, take) => {
		const journal = createTableJournal(await openTable({ connectionString: proxied }, journalTable), namesOf(destinationKinds));
		const lead = newLead();
		await journal.accept(lead, signal());
		await claimAndEnd(journal, lead.leadId);
		const { operations } = take();
		await readPage(journal);
		const { rows: pageRows } = take();
		await sweepOn(proxied)();
		const swept = take();
		return { operations, pageRows, sweepRows: swept.rows, sweepOperations: swept.operations + swept.cooldownReads };
	});
	return { ...counted, acceptMs: median(accepts), claimMs: median(claims), pageMs: median(pages), sweepMs: median(sweeps) };
}

function newLead(): NewLead {
	const number = numbers++;
	const receivedAt = Date.now();
	return {
		leadId: newLeadId(receivedAt),
		receivedAt,
		contentId: personHash(`content ${number}`),
		dedupeWindowMs: 86_400_000,
		payload: Buffer.from(leadPayload(number)),
		summary: { name: `One ${number}`, company: 'Contoso' },
		person: personHash(`someone${number}@contoso.example`),
		deliveries: { email: newDelivery(receivedAt), crm: newDelivery(receivedAt) },
		undecided: false,
	};
}

/** A worker's part: reads the lead, claims both deliveries, writes both outcomes, so that nothing is left for the sweep. */
async function claimAndEnd(journal: Journal, leadId: string): Promise<void> {
	const lead = await journal.find(leadId, signal());
	if (!lead) throw new Error(`lead ${leadId} is not in the journal`);
	const now = Date.now();
	const claims = (['email', 'crm'] as const).flatMap((destination): Move[] => {
		const from = lead.deliveries[destination];
		return from ? [{ destination, from, to: beginAttempt(from, { claimId: leadId, now, timeoutMs: 60_000 }) }] : [];
	});
	await journal.move(lead, claims, signal());
	for (const { destination, to: from } of claims)
		await journal.move(lead, [{ destination, from, to: { ...from, ...enter('delivered', now) } }], signal());
}

const readPage = (journal: Journal) => journal.leads({ since: 0, until: Date.now() }, { most: pageSize }, signal());

const sweepOn = (connectionString: string) => {
	const services = openServices({ ...sandboxSettings('http://127.0.0.1'), AzureWebJobsStorage: connectionString });
	const sweep = sweepJournal(services);
	const ignore = () => undefined;
	const context = { log: ignore, warn: ignore, error: (line: string) => console.error(line) } as unknown as InvocationContext;
	return async () => void (await sweep({} as Timer, context));
};

async function onTheWire<Result>(
	connectionString: string,
	work: (proxied: string, take: ReturnType<typeof countStorage>['take']) => Promise<Result>,
): Promise<Result> {
	const { gate, take } = countStorage();
	const proxy = await startProxy(storageUpstreams(connectionString), gate);
	try {
		return await work(throughProxy(connectionString, proxy), take);
	} finally {
		await proxy.close();
	}
}
