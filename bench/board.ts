import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { storageUpstreams, throughProxy } from '../chaos/proxy-storage.ts';
import { startProxy } from '../chaos/start-proxy.ts';
import { makeExport, mostExported } from '../LeadBoard/export/make-export.ts';
import { sandboxSettings } from '../sandbox/sandbox-settings.ts';
import { openServices } from '../shared/services.ts';
import type { BenchOptions } from './bench-options.ts';
import { type Figure, median, percentile, rounded, spread } from './figure.ts';
import { fillJournal, rareOffer } from './fill-journal.ts';
import { nextPayload } from './lead-payload.ts';
import { postLeads } from './post-leads.ts';
import { postOne, startWorker, type Worker, withoutDeliveries } from './start-worker.ts';
import { countStorage } from './storage-counter.ts';

const pageAimMs = 150;
/** A journal of the size that the aims are about. */
const usualStored = 10_000;
/** More than a page of them. */
const waiting = 60;

interface BoardPage {
	what: string;
	path: string;
	/** Of a form; it is sent by POST. */
	form?: Record<string, string>;
}

/** No destination is called. */
const nowhere = 'http://127.0.0.1:9';
/** What is posted beside the pages waits for nothing: the pages have as much to show in the last round as in the first. */
const journalOnly = { LEAD_ROUTES: JSON.stringify([{ when: { emailDomain: ['contoso.example'] }, choose: { journalOnly: true } }]) };

const pages: BoardPage[] = [
	{ what: 'Today', path: '/board' },
	{ what: 'Leads', path: '/board/leads' },
	{ what: 'Leads of an offer that few have', path: `/board/leads?offer=${encodeURIComponent(rareOffer)}` },
	{ what: 'Leads of an offer that none has', path: '/board/leads?offer=none' },
	{ what: 'Leads of a country that none is from', path: '/board/leads?country=FR' },
	{ what: 'Leads that wait', path: '/board/leads?state=pending' },
	{ what: 'search for an address', path: '/board/leads/search', form: { text: 'stored7@contoso.example' } },
	{ what: 'search for a word that few have', path: '/board/leads/search', form: { text: rareOffer } },
	{ what: 'Charts', path: '/board/charts' },
];

/** One page, in full. Throws unless it is one. */
async function ask({ boardUrl }: Worker, { path, form }: BoardPage): Promise<string> {
	const response = await fetch(new URL(path, boardUrl), {
		headers: { 'sec-fetch-site': 'same-origin' },
		...(form && { method: 'POST', body: new URLSearchParams(form) }),
	});
	const text = await response.text();
	if (response.status !== 200)
		throw new Error(`the board answered ${response.status} to ${path}: ${text.replace(/<[^>]*>/g, ' ').slice(-200)}`);
	return text;
}

/** The board on a journal of 10,000 leads: its pages' time and storage operations, what a browser loads for them, and what the intake beside it feels. */
export async function benchBoard({ rounds, quick, report, openStorage }: BenchOptions): Promise<Figure[]> {
	const stored = quick ? 300 : usualStored;
	const accounts = await openStorage(1);
	try {
		const connectionString = accounts.connectionString(0);
		report(`storing ${stored} leads`);
		await fillJournal(connectionString, { from: 0, to: stored, youngestMs: 0 });
		const operations = await countPages(connectionString, quick ? 2 : waiting);
		const worker = await startWorker(connectionString, nowhere, { ...withoutDeliveries, ...journalOnly });
		try {
			const times = await timePages(worker, { times: quick ? 1 : 20, report });
			const assets = await weighFiles(worker);
			const beside = await postBeside(worker, { rounds: quick ? 1 : rounds * 2, leads: quick ? 5 : 300, report });
			report('making spreadsheets');
			const stops = await measureExport(connectionString, { times: quick ? 1 : 5 });
			return [...operations, ...times, assets, ...stops, ...beside];
		} finally {
			await worker.stop();
		}
	} finally {
		await accounts.stop();
	}
}

/** Storage operations of each page, on the wire; the second time, as the first of a worker may look at more. */
async function countPages(connectionString: string, leadsThatWait: number): Promise<Figure[]> {
	const { gate, take } = countStorage();
	const proxy = await startProxy(storageUpstreams(connectionString), gate);
	const worker = await startWorker(throughProxy(connectionString, proxy), nowhere, withoutDeliveries);
	const figures: Figure[] = [];
	try {
		for (let number = 0; number < leadsThatWait; number++) await postOne(worker.intakeUrl, nextPayload());
		for (const page of pages) {
			await ask(worker, page);
			take();
			await ask(worker, page);
			const { operations, cooldownReads, rows } = take();
			figures.push({
				part: 'board',
				what: `storage operations, ${page.what}`,
				value: operations + cooldownReads,
				unit: '',
				note: `${rows} rows read`,
			});
		}
	} finally {
		await worker.stop();
		await proxy.close();
	}
	return figures;
}

async function timePages(worker: Worker, { times, report }: { times: number; report: (line: string) => void }): Promise<Figure[]> {
	const took = pages.map((): number[] => []);
	for (let number = 0; number < times + 3; number++)
		// In turn, so that what the machine does meanwhile strikes all of them alike.
		for (const [index, page] of pages.entries()) {
			const begun = performance.now();
			await ask(worker, page);
			// The first ones warm up.
			if (number >= 3 || times === 1) took[index]?.push(performance.now() - begun);
		}
	report('pages were asked for');
	return pages.flatMap(({ what }, index) => {
		const all = took[index] ?? [];
		const aim = { atMost: pageAimMs };
		return [
			{ part: 'board', what: `${what}, median`, value: median(all), unit: 'ms', aim, note: spread(all) },
			{ part: 'board', what: `${what}, p95`, value: percentile(all, 0.95), unit: 'ms', aim },
		];
	});
}

/** What a browser loads once besides the pages. */
async function weighFiles(worker: Worker): Promise<Figure> {
	const page = { what: '', path: '/board' };
	const paths = new Set(Array.from((await ask(worker, page)).matchAll(/(?:src|href)="(\/board\/files\/[^"]+)"/g), ([, path = '']) => path));
	if (paths.size === 0) throw new Error('the board names no file of its own');
	const texts = await Promise.all([...paths].map((path) => ask(worker, { ...page, path })));
	const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
	return {
		part: 'board',
		what: 'scripts and styles of the pages, gzip',
		value: bytes / 1024,
		unit: 'KiB',
		aim: { atMost: 60 },
		note: `${texts.length} files`,
	};
}

/** The largest spreadsheet that the board makes: how long it takes, and how long nothing else has a turn meanwhile. The process does nothing else. */
async function measureExport(connectionString: string, { times }: { times: number }): Promise<Figure[]> {
	const services = openServices({ ...sandboxSettings(nowhere), AzureWebJobsStorage: connectionString });
	const deps = { ...services, person: { objectId: '', name: '', mayAct: false }, log: () => undefined };
	const filter = { since: 0, until: Number.MAX_SAFE_INTEGER };
	const took: number[] = [];
	const longest: number[] = [];
	for (let number = 0; number < times; number++) {
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		const begun = performance.now();
		const { kind } = await makeExport(filter, { format: 'xlsx', newest: true }, deps);
		if (kind !== 'file') throw new Error(`no spreadsheet was made: ${kind}`);
		took.push(performance.now() - begun);
		// The next tick of the monitor tells of the last slice.
		await setTimeout(20);
		delay.disable();
		longest.push(delay.max / 1e6);
	}
	const what = `spreadsheet of ${mostExported.xlsx} leads`;
	return [
		{ part: 'board', what: `${what}, median`, value: median(took), unit: 'ms', note: spread(took) },
		{
			part: 'board',
			what: `${what}, longest time without a turn for anything else`,
			value: median(longest),
			unit: 'ms',
			aim: { atMost: 50 },
			note: spread(longest),
		},
	];
}

/** A rate that the machine bears: what is measured is how long a POST takes, and not how long it queues. */
const postsASecond = 30;
/** A person looks at a page before asking for the next one. */
const lookMs = 1000;

/** POSTs with someone at the board, and without, in turn. */
async function postBeside(
	worker: Worker,
	{ rounds, leads, report }: { rounds: number; leads: number; report: (line: string) => void },
): Promise<Figure[]> {
	const post = () => postLeads(worker.intakeUrl, { connections: 10, leads, perSecond: postsASecond });
	const without: number[] = [];
	const withReader: number[] = [];
	let asked = 0;
	await post();
	for (let round = 0; round < rounds; round++) {
		report(`POSTs beside the board, round ${round + 1} of ${rounds}`);
		const reader = new AbortController();
		const read = async () => {
			while (!reader.signal.aborted) {
				const page = pages[asked++ % pages.length];
				if (page) await ask(worker, page);
				await setTimeout(lookMs, undefined, { signal: reader.signal }).catch(() => undefined);
			}
		};
		const measureWith = async () => {
			const reading = read();
			withReader.push((await post()).p99Ms);
			reader.abort();
			await reading;
		};
		const measureWithout = async () => void without.push((await post()).p99Ms);
		// Now one first, now the other.
		for (const measure of round % 2 ? [measureWith, measureWithout] : [measureWithout, measureWith]) await measure();
	}
	const ratios = withReader.map((ms, round) => ms / (without[round] ?? Number.NaN));
	return [
		{
			part: 'board',
			what: 'p99 of POSTs with the board open to without',
			value: median(ratios),
			unit: '×',
			aim: { atMost: 1.2 },
			note: `${spread(ratios)}; medians ${rounded(median(withReader))} and ${rounded(median(without))} ms; ${asked} pages`,
		},
	];
}
