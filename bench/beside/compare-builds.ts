import type { Accounts } from '../../chaos/open-accounts.ts';
import { startStorageStub } from '../child-parts.ts';
import { type Figure, median, spread } from '../figure.ts';
import { postLeads } from '../post-leads.ts';
import { cpuOfFamilyMs } from '../process-use.ts';
import {
	type Amounts,
	type Measured,
	type Measurement,
	measureAccepting,
	measureHandler,
	measureMemory,
	measureOperations,
	measureStart,
	measureWholeWay,
} from './measure-build.ts';
import { type Build, prepareBuild } from './prepare-build.ts';
import { type Peer, startPeer } from './start-peer.ts';

export interface CompareOptions {
	/** The other build's folder. */
	beside?: string | undefined;
	/** Beside express and pg-boss too. */
	peer: boolean;
	/** Of `comparedParts`. */
	only: string[];
	rounds: number;
	quick: boolean;
	openStorage: (accounts: number) => Promise<Accounts>;
	report: (line: string) => void;
}

interface Part {
	measure: (measurement: Measurement) => Promise<Measured>;
	/** One round shows it: it is counted, or takes minutes. */
	once?: boolean;
}

const parts: Record<string, Part> = {
	accepting: { measure: measureAccepting },
	handler: { measure: measureHandler },
	'whole way': { measure: measureWholeWay },
	start: { measure: measureStart },
	operations: { measure: measureOperations, once: true },
	memory: { measure: measureMemory, once: true },
};
export const comparedParts = Object.keys(parts);

const usual: Amounts = { first: 750, next: 2250, delivered: 1000, held: 3000, heldMs: 70_000, lone: 20, burst: 400 };
const brief: Amounts = { first: 3, next: 6, delivered: 5, held: 3, heldMs: 100, lone: 2, burst: 10 };

/** Units, and what is aimed at: in relation to the other build, or by itself. */
const told: Record<string, { unit: string; ratio?: Figure['aim']; itself?: Figure['aim'] }> = {
	'accepted a second': { unit: '/s', ratio: { atLeast: 2.5 } },
	'accepted a second, first': { unit: '/s' },
	'p99 of a POST': { unit: 'ms' },
	'CPU a lead, app and store': { unit: 'ms', ratio: { atMost: 0.38 } },
	'CPU a lead, app and store, first': { unit: 'ms' },
	'CPU a lead, of this the store': { unit: 'ms' },
	'CPU a lead, bare handler, 20 connections': { unit: 'ms', ratio: { atMost: 0.3 } },
	'CPU a lead, bare handler, 20 connections, first': { unit: 'ms' },
	'CPU a lead, bare handler, one connection': { unit: 'ms', ratio: { atMost: 0.5 } },
	'CPU to load the code': { unit: 'ms', ratio: { atMost: 0.75 } },
	'code loaded at start': { unit: 'bytes', itself: { atMost: 350_000 } },
	'whole way, leads a second': { unit: '/s', ratio: { atLeast: 2.4 } },
	'whole way, leads a second, first': { unit: '/s' },
	'CPU a lead, worker and store, whole way': { unit: 'ms', ratio: { atMost: 0.4 } },
	'CPU a lead, whole way, of this the store': { unit: 'ms' },
	'accepted a second while delivering': { unit: '/s', ratio: { atLeast: 1.8 } },
	'worker start to first 202': { unit: 'ms' },
	'storage operations, a lone lead': { unit: '', itself: { atMost: 8 } },
	'storage operations a lead, burst': { unit: '', itself: { atMost: 3 } },
	'live heap': { unit: 'MiB', itself: { atMost: 30 } },
	'resident set later': { unit: 'MiB', itself: { atMost: 110 } },
};
const peerAim = { atLeast: 0.45 };

/** Measures this checkout and another in turn, round by round, so that what the machine does meanwhile strikes both alike; express and pg-boss in the same rounds. */
export async function compareBuilds(options: CompareOptions): Promise<Figure[]> {
	const { beside, peer: withPeer, only, rounds, quick, openStorage, report } = options;
	const amounts = quick ? brief : usual;
	const builds = [await prepareBuild('here', '.', report)];
	if (beside !== undefined) builds.push(await prepareBuild('beside', beside, report));
	const peer = withPeer ? await startPeer(report) : undefined;
	const stub = await startStorageStub();
	/** By figure and build, a value a round. */
	const values = new Map<string, Record<Build['name'] | 'peer', number[]>>();
	const keep = (who: Build['name'] | 'peer', measured: Measured) => {
		for (const [what, value] of Object.entries(measured)) {
			const of = values.get(what) ?? { here: [], beside: [], peer: [] };
			values.set(what, of);
			of[who].push(value);
		}
	};
	const measure = async (name: string, round: number) => {
		const part = parts[name];
		if (!part || (part.once && round > 0)) return;
		report(`${name}, round ${round + 1} of ${part.once ? 1 : rounds}`);
		for (const build of round % 2 ? builds.toReversed() : builds)
			keep(build.name, await part.measure({ build, amounts, stub: stub.ready.connectionString, openStorage: () => openStorage(1) }));
		if (peer && name === 'accepting') keep('peer', await measurePeer(peer, amounts));
	};
	try {
		// Side by side only where times mean nothing.
		if (quick) await Promise.all(only.map((name) => measure(name, 0)));
		else for (let round = 0; round < rounds; round++) for (const name of only) await measure(name, round);
	} finally {
		await stub.stop(1000);
		await peer?.stop();
	}
	for (const { name, bytesAtStart } of builds) if (bytesAtStart !== undefined) keep(name, { 'code loaded at start': bytesAtStart });
	return [...values].flatMap(([what, of]) => toFigures(what, of));
}

async function measurePeer({ url, pids }: Peer, { first, next }: Amounts): Promise<Measured> {
	const cpu = () => pids.reduce((sum, pid) => sum + cpuOfFamilyMs(pid), 0);
	const begin = await postLeads(url, { connections: 20, leads: first });
	const before = cpu();
	const { perSecond, p99Ms } = await postLeads(url, { connections: 20, leads: next });
	return {
		'accepted a second, first': begin.perSecond,
		'accepted a second': perSecond,
		'p99 of a POST': p99Ms,
		'CPU a lead, app and store': (cpu() - before) / next,
	};
}

/** What it is here; and in relation to the others, by the median of the rounds' ratios. */
function toFigures(what: string, of: Record<Build['name'] | 'peer', number[]>): Figure[] {
	const { unit, ratio, itself } = told[what] ?? { unit: '' };
	const here = of.here;
	const against = (others: number[]) => here.map((value, round) => value / (others[round] ?? Number.NaN));
	const tell = (values: number[]) => `${toShort(median(values))} (${spread(values)})`;
	const figures: Figure[] = [{ part: 'here', what, value: median(here), unit, ...(itself && { aim: itself }), note: spread(here) }];
	if (of.beside.length > 0)
		figures.push({
			part: 'to beside',
			what,
			value: median(against(of.beside)),
			unit: '×',
			...(ratio && { aim: ratio }),
			note: `${spread(against(of.beside))}; beside ${tell(of.beside)} ${unit}`.trim(),
		});
	if (of.peer.length > 0)
		figures.push({
			part: 'to peer',
			what,
			value: median(against(of.peer)),
			unit: '×',
			...(what === 'accepted a second' && { aim: peerAim }),
			note: `${spread(against(of.peer))}; express and pg-boss ${tell(of.peer)} ${unit}`.trim(),
		});
	return figures;
}

const toShort = (value: number) => Number(value.toPrecision(3)).toLocaleString('en-GB');
