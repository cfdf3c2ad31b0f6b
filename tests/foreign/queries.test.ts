import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeWithBicep } from '../infra/bicep.ts';
import { finishQuery } from '../infra/finish-query.ts';
import { ofType, predict } from '../infra/predict.ts';
import { parseQuery } from './kql/parse-query.ts';
import { type QueryRow, runQuery } from './kql/run-query.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-28T12:00:00Z');
const iso = (time: number) => new Date(time).toISOString();

interface Alert {
	key: string;
	query: string;
	windowMs: number;
}

const durations: Record<string, number> = { PT1H: hour, P1D: day, P2D: 2 * day };

/** The alerts of the biggest parameters: after 15 minutes of waiting, after 30 days without a lead. */
async function alerts(createdAt: number): Promise<Alert[]> {
	return ofType(await predict('biggest'), 'Microsoft.Insights/scheduledQueryRules').map(({ name, properties }) => ({
		key: name.split('-')[1] ?? '',
		query: finishQuery(properties.criteria.allOf[0].query, iso(createdAt)),
		windowMs: durations[properties.overrideQueryTimeRange ?? properties.windowSize] ?? Number.NaN,
	}));
}

const workbookQueries = (): string[] =>
	JSON.parse(readFileSync('infra/modules/workbook.json', 'utf8')).items.flatMap(
		({ content }: { content: { query?: string } }) => content.query ?? [],
	);

/** In fenced blocks, and in the commands of the pages. */
function documentedQueries(): string[] {
	const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
	return pages.flatMap((name) => {
		const text = readFileSync(join('docs', name), 'utf8');
		const queries = [
			...text.matchAll(/```kql\n(.*?)```/gs),
			...text.matchAll(/--analytics-query '([^']*)'/g),
			...text.matchAll(/`((?:AppTraces|AppRequests|Usage|StorageTableLogs) \\\| [^`]*)`/g),
		];
		return queries.map(([, query = '']) => query.replaceAll('\\|', '|'));
	});
}

/** A line as the app logs it. */
const line = (event: object, time: number): QueryRow => ({ TimeGenerated: new Date(time), Message: JSON.stringify(event) });

const healthy = {
	event: 'journal.checked',
	pending: 0,
	oldestPendingMs: 0,
	undecided: 0,
	misconfigured: [] as string[],
	blocking: [] as string[],
	heldBack: 0,
	parked: 0,
	rejected: 0,
	rejectedNotKept: 0,
	spilled: 0,
	lastLeadAt: iso(now - day),
	journalSince: iso(now - 90 * day),
};
type Checked = { [Member in keyof typeof healthy]?: (typeof healthy)[Member] | undefined } & { unread?: string[] };

/** A sweep every five minutes for two hours, and every four hours before; none in the last so many minutes. */
const sweeps = (change: Checked = {}, untilMinutes = 2) =>
	Array.from({ length: 36 }, (_, index) =>
		line({ ...healthy, ...change }, now - (untilMinutes + (index < 24 ? index * 5 : (index - 23) * 240)) * minute),
	);

interface Situation {
	traces?: QueryRow[];
	requests?: QueryRow[];
	operations?: QueryRow[];
	/** How old the workspace is. */
	age?: number;
}

const request = (ResultCode: string): QueryRow => ({ TimeGenerated: new Date(now - minute), Name: 'LeadIntake', ResultCode });
const situations: [string, Situation, string[]][] = [
	['an hour after the first deployment, nothing published yet', { traces: [], age: hour }, []],
	['two days after the first deployment, nothing published yet', { traces: [], age: 2 * day }, ['silent']],
	['all is well', { traces: sweeps() }, []],
	[
		'the first sweep of a new app',
		{ traces: [line({ ...healthy, lastLeadAt: undefined, journalSince: iso(now - minute) }, now - minute)], age: hour },
		[],
	],
	['no sweep for an hour', { traces: sweeps({}, 61) }, ['silent']],
	['no sweep for 59 minutes', { traces: sweeps({}, 59) }, []],
	['no sweep for three days', { traces: [], age: 90 * day }, ['silent']],
	['a part unread for an hour', { traces: [...sweeps({ unread: ['parked'] }).slice(0, 14), ...sweeps({}, 72)] }, ['silent']],
	['a part unread once', { traces: [line({ ...healthy, unread: ['parked'] }, now - minute), ...sweeps()] }, []],
	[
		'nothing of the journal can be read',
		{ traces: sweeps({ unread: ['lastLeadAt', 'journalSince'], lastLeadAt: undefined, journalSince: undefined }) },
		['silent'],
	],
	['no lead for 31 days', { traces: sweeps({ lastLeadAt: iso(now - 31 * day) }) }, ['quiet']],
	['no lead for 29 days', { traces: sweeps({ lastLeadAt: iso(now - 29 * day) }) }, []],
	['no lead ever, since 31 days', { traces: sweeps({ lastLeadAt: undefined, journalSince: iso(now - 31 * day) }) }, ['quiet']],
	['no lead ever, since yesterday', { traces: sweeps({ lastLeadAt: undefined, journalSince: iso(now - day) }) }, []],
	['an older version that logs no beginning, no lead yet', { traces: sweeps({ lastLeadAt: undefined, journalSince: undefined }) }, []],
	['a delivery is parked', { traces: sweeps({ parked: 1 }) }, ['parked']],
	['a parked delivery was closed', { traces: [...sweeps().slice(0, 1), ...sweeps({ parked: 1 }, 7)] }, []],
	['a payload is rejected', { traces: sweeps({ rejected: 1 }) }, ['rejected']],
	['a lead is in the spill', { traces: sweeps({ spilled: 1 }) }, ['spilled']],
	['a lead has waited for 16 minutes', { traces: sweeps({ pending: 1, oldestPendingMs: 16 * minute }) }, ['pending']],
	['a lead has waited for 14 minutes', { traces: sweeps({ pending: 1, oldestPendingMs: 14 * minute }) }, []],
	['mails are held back', { traces: sweeps({ heldBack: 3 }) }, ['heldback']],
	['it is undecided where a lead goes', { traces: sweeps({ undecided: 1 }) }, ['undelivered']],
	['a setting holds leads back', { traces: sweeps({ misconfigured: ['EMAIL_TO'], blocking: ['EMAIL_TO'] }) }, ['undelivered']],
	['a setting is wrong and its default serves', { traces: sweeps({ misconfigured: ['EMAIL_LOCALE'] }) }, ['altered']],
	[
		'one setting holds leads back, another is wrong',
		{ traces: sweeps({ misconfigured: ['EMAIL_TO', 'EMAIL_LOCALE'], blocking: ['EMAIL_TO'] }) },
		['altered', 'undelivered'],
	],
	[
		'a lead was delivered without what is wrong',
		{ traces: [...sweeps(), line({ event: 'delivery.misconfigured', outcome: 'delivered', names: ['x'] }, now - minute)] },
		['altered'],
	],
	[
		'a destination refuses the identity, no sweep yet',
		{ traces: [...sweeps(), line({ event: 'delivery.misconfigured', outcome: 'configuration', names: ['x'] }, now - minute)] },
		[],
	],
	[
		'the intake answered 503',
		{ traces: [...sweeps(), line({ event: 'lead.unaccepted', id: 'x', failed: ['journal'] }, now - minute)] },
		['intake'],
	],
	['the intake answered 503 two hours ago', { traces: [...sweeps(), line({ event: 'lead.unaccepted', id: 'x' }, now - 2 * hour)] }, []],
	['a request of the intake ended with 500', { traces: sweeps(), requests: [request('500')] }, ['intake']],
	['a request of the intake ended with 400', { traces: sweeps(), requests: [request('400'), request('202')] }, []],
	['a line only speaks of an event', { traces: [...sweeps(), line({ event: 'sweep.failed', duty: 'lead.unaccepted' }, now - minute)] }, []],
	['a line is no JSON', { traces: [...sweeps(), { TimeGenerated: new Date(now - minute), Message: 'lead.unaccepted {' }] }, []],
	[
		'the daily cap is reached',
		{ traces: sweeps(), operations: [{ TimeGenerated: new Date(now - 5 * hour), Category: 'Ingestion', Detail: 'OverQuota: stopped' }] },
		['capped'],
	],
	[
		'another operation is logged',
		{ traces: sweeps(), operations: [{ TimeGenerated: new Date(now), Category: 'Ingestion', Detail: 'Data of that type is delayed' }] },
		[],
	],
	[
		'everything at once',
		{ traces: sweeps({ parked: 1, rejected: 2, spilled: 3, undecided: 1, heldBack: 1, oldestPendingMs: day }) },
		['heldback', 'parked', 'pending', 'rejected', 'spilled', 'undelivered'],
	],
];

describe('queries, read by the parser of the service', () => {
	it.each(workbookQueries().map((query) => [query.split('\n').slice(0, 5).join(' ').slice(0, 80), query]))(
		'of the workbook mean something: %s',
		(_, query) => {
			expect(parseQuery(query.replaceAll('WORKSPACE_ID', 'x').replaceAll('{LeadId}', 'cb9ad2a8')).problems).toEqual([]);
		},
	);

	it('of the pages mean something', () => {
		const queries = documentedQueries();
		expect(queries.length).toBeGreaterThanOrEqual(3);
		for (const query of queries) expect([query, parseQuery(query).problems]).toEqual([query, []]);
	});

	it('that are wrong are told', () => {
		expect(parseQuery('AppTraces | where Mesage has "x"').problems).toEqual([expect.stringContaining("'Mesage'")]);
		expect(parseQuery('AppTraces | summarise count()').problems).not.toEqual([]);
	});
});

describeWithBicep('alerts', () => {
	it('are queries that mean something', async () => {
		for (const { key, query } of await alerts(now - 90 * day)) expect([key, parseQuery(query).problems]).toEqual([key, []]);
	});

	it.each(situations)('%s', async (_, { traces = [], requests = [], operations = [], age = 90 * day }, expected) => {
		const inTime = (rows: QueryRow[], windowMs: number) => rows.filter(({ TimeGenerated }) => Number(TimeGenerated) > now - windowMs);
		const fired = (await alerts(now - age)).filter(({ query, windowMs }) => {
			const tables = { AppTraces: traces, AppRequests: requests, _LogOperation: operations };
			const seen = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, inTime(rows, windowMs)]));
			return runQuery(query, seen, now).length > 0;
		});
		expect(fired.map(({ key }) => key).toSorted()).toEqual(expected);
	});
});
