import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { states } from '../../shared/operate/filter.ts';
import { describeWithBicep } from './bicep.ts';
import { finishQuery } from './finish-query.ts';
import { loggedEvents } from './logged-events.ts';
import { ofType, type ParameterSet, predict, theOnly } from './predict.ts';

/** Each alert's question, word for word; what is the same in many is shortened by `shorten`. */
const questions = ({ pendingMs, quietDays }: { pendingMs: number; quietDays: number }): Record<string, string> => ({
	parked: 'journal.checked | latest | where toint(e.parked) > 0',
	undelivered: 'journal.checked | latest | where toint(e.undecided) > 0 or array_length(e.blocking) > 0',
	altered:
		'union (journal.checked | latest | where array_length(e.misconfigured) > array_length(e.blocking) | project TimeGenerated), ' +
		'(delivery.misconfigured | where tostring(e.outcome) == "delivered" | project TimeGenerated)',
	rejected: 'journal.checked | latest | where toint(e.rejected) > 0',
	spilled: 'journal.checked | latest | where toint(e.spilled) > 0',
	pending: `journal.checked | latest | where tolong(e.oldestPendingMs) > ${pendingMs}`,
	heldback: 'journal.checked | latest | where toint(e.heldBack) > 0',
	intake:
		'union (AppRequests | where Name == "LeadIntake" and toint(ResultCode) >= 500 | project TimeGenerated), ' +
		'(lead.unaccepted | project TimeGenerated)',
	silent:
		'journal.checked | where isempty(tostring(e.unread)) | summarize newest = max(TimeGenerated) ' +
		'| where newest < ago(1h) or (isnull(newest) and datetime(2026-11-01T08:00:00Z) < ago(1d))',
	quiet:
		'journal.checked | latest | where isnotempty(tostring(e.event)) and tostring(e.unread) !has "lastLeadAt" ' +
		`| where coalesce(todatetime(e.lastLeadAt), todatetime(e.journalSince)) < ago(${quietDays}d)`,
	capped: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"',
});
const limits = (set: ParameterSet) => (set === 'biggest' ? { pendingMs: 900_000, quietDays: 30 } : { pendingMs: 3_600_000, quietDays: 1 });

/** Lines of one event, looked for by its word and made sure of by its member: only where both say the same they are called by its name. */
const linesOf = /AppTraces \| where Message has "([\w.]+)" \| extend e = parse_json\(Message\) \| where tostring\(e\.event\) == "\1"/g;
const shorten = (query: string) =>
	query.replace(/\s+/g, ' ').replaceAll('( ', '(').replace(linesOf, '$1').replaceAll('| summarize arg_max(TimeGenerated, e)', '| latest');

const alertsOf = async (set: ParameterSet) =>
	ofType(await predict(set), 'Microsoft.Insights/scheduledQueryRules').map(({ name, properties }) => {
		const query = finishQuery(properties.criteria.allOf[0].query, '2026-11-01T08:00:00Z');
		const question = shorten(query);
		const asked = [...question.matchAll(/\b([a-z]{2,}\.[a-zA-Z]+) \|(.*?)(?=\b[a-z]{2,}\.[a-zA-Z]+ \||$)/g)];
		const events = asked.map(([, event = '', conditions = '']) => ({
			event,
			members: [...conditions.matchAll(/\be\.(\w+)/g)].map(([, member = '']) => member),
		}));
		return { key: name.split('-')[1] ?? '', properties, query, question, events };
	});

const sets = ['example', 'email-only', 'crm-only', 'both-with-sign-in', 'biggest'] as const;

describe('the events that the product logs', () => {
	it('are found in its source with their members', () => {
		const events = loggedEvents();
		expect([...events.keys()]).toEqual(expect.arrayContaining(['journal.checked', 'lead.unaccepted', 'lead.accepted', 'delivery.parked']));
		expect([...(events.get('journal.checked') ?? [])]).toEqual(expect.arrayContaining(['parked', 'misconfigured', 'lastLeadAt']));
		expect([...(events.get('lead.unaccepted') ?? [])]).toEqual(expect.arrayContaining(['event', 'failed']));
	});
});

describeWithBicep('alerts', () => {
	it.each(sets)('of %s are these, each with its question', async (set) => {
		expect(Object.fromEntries((await alertsOf(set)).map(({ key, question }) => [key, question]))).toEqual(questions(limits(set)));
	});

	it('are aimed at events and members that the code really logs', async () => {
		const logged = loggedEvents();
		const asked = (await alertsOf('biggest')).flatMap(({ events }) => events);
		expect(new Set(asked.map(({ event }) => event))).toEqual(new Set(['journal.checked', 'delivery.misconfigured', 'lead.unaccepted']));
		for (const { event, members } of asked)
			expect([event, members.filter((member) => !logged.get(event)?.has(member))]).toEqual([event, []]);
	});

	it.each(sets)('of %s fire for a row, and are mailed again until they are cleared', async (set) => {
		const prediction = await predict(set);
		const workspace = theOnly(prediction, 'Microsoft.OperationalInsights/workspaces').id;
		const group = theOnly(prediction, 'Microsoft.Insights/actionGroups').id;
		for (const { key, properties } of await alertsOf(set)) {
			expect(properties).toMatchObject({
				enabled: key !== 'quiet' || set === 'biggest',
				scopes: [workspace],
				actions: { actionGroups: [group] },
				autoMitigate: false,
				muteActionsDuration: set === 'biggest' ? 'PT1H' : 'PT6H',
				evaluationFrequency: 'PT15M',
				windowSize: key === 'capped' ? 'P1D' : 'PT1H',
				...(key === 'silent' && { overrideQueryTimeRange: 'P2D' }),
			});
			expect(properties.criteria.allOf).toEqual([
				expect.objectContaining({ timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }),
			]);
		}
	});

	it('ask the tables of a workspace, and no function of KQL that alerts refuse', async () => {
		for (const { query } of await alertsOf('biggest')) {
			expect(query).toMatch(/^(AppTraces|union\s+\((AppRequests|AppTraces)|_LogOperation)\b/);
			expect(query).not.toMatch(/\b(bag_unpack|pivot|narrow|traces|requests|customDimensions)\b/);
		}
	});

	it('ask the intake by its name', async () => {
		const intake = (await alertsOf('email-only')).find(({ key }) => key === 'intake');
		const name = /AppRequests \| where Name == "(\w+)"/.exec(intake?.query ?? '')?.[1];
		expect(readFileSync('main.ts', 'utf8')).toContain(`app.http('${name}'`);
	});

	it('say in a sentence what to do, and are explained in docs/operate.md', async () => {
		const page = readFileSync('docs/operate.md', 'utf8');
		for (const { key, properties } of await alertsOf('biggest')) {
			expect(properties.displayName).toMatch(/^Lead intake: [a-z]/);
			expect(properties.description).toMatch(/^[A-Z].{40,}\.$/s);
			expect(page).toContain(`| \`${key}\` |`);
			for (const [, state] of properties.description.matchAll(/--state (\w+)/g)) expect(states).toContain(state);
		}
	});
});
