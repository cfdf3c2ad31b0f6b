import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { states } from '../../tools/leads/filter.ts';
import { describeWithBicep } from './bicep.ts';
import { loggedEvents } from './logged-events.ts';
import { ofType, type ParameterSet, predict, theOnly } from './predict.ts';

/** Each alert's question, as "event: members" or the table that it asks. */
const questions: Record<string, string> = {
	parked: 'journal.checked: parked',
	undelivered: 'journal.checked: misconfigured, undecided',
	rejected: 'journal.checked: rejected',
	spilled: 'journal.checked: spilled',
	pending: 'journal.checked: oldestPendingMs',
	heldback: 'journal.checked: heldBack',
	intake: 'lead.unaccepted: ',
	silent: 'journal.checked: ',
	quiet: 'journal.checked: lastLeadAt',
	capped: ': ',
};

const alertsOf = async (set: ParameterSet) =>
	ofType(await predict(set), 'Microsoft.Insights/scheduledQueryRules').map(({ name, properties }) => {
		const query: string = properties.criteria.allOf[0].query;
		const events = [...new Set([...query.matchAll(/e\.event\) == "([\w.]+)"/g)].map(([, event]) => event))];
		const members = [...new Set([...query.matchAll(/\be\.(\w+)/g)].map(([, member = '']) => member))].filter(
			(member) => member !== 'event',
		);
		return { key: name.split('-')[1] ?? '', properties, query, events, members: members.sort() };
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
		const asked = Object.fromEntries((await alertsOf(set)).map(({ key, events, members }) => [key, `${events}: ${members.join(', ')}`]));
		expect(asked).toEqual(questions);
	});

	it('are aimed at events and members that the code really logs', async () => {
		const logged = loggedEvents();
		for (const { key, events, members } of await alertsOf('biggest'))
			for (const event of events) {
				expect(`${key}: ${logged.has(event ?? '') ? event : `nobody logs ${event}`}`).toBe(`${key}: ${event}`);
				expect(members.filter((member) => !logged.get(event ?? '')?.has(member))).toEqual([]);
			}
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
			});
			expect(properties.criteria.allOf).toEqual([
				expect.objectContaining({ timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }),
			]);
		}
	});

	it('read the last state of the journal, so that a missed event is no missed alert', async () => {
		const states = (await alertsOf('biggest')).filter(({ events, key }) => events.includes('journal.checked') && key !== 'silent');
		for (const { query } of states) expect(query).toContain('| summarize arg_max(TimeGenerated, e)\n| where ');
	});

	it('ask the tables of a workspace, and no function of KQL that alerts refuse', async () => {
		for (const { query } of await alertsOf('biggest')) {
			expect(query).toMatch(/^(AppTraces|union\s+\(AppRequests|_LogOperation)\b/);
			expect(query).not.toMatch(/\b(bag_unpack|pivot|narrow|traces|requests|customDimensions)\b/);
		}
	});

	it('ask the intake by its name', async () => {
		const intake = (await alertsOf('email-only')).find(({ key }) => key === 'intake');
		const name = /AppRequests \| where Name == "(\w+)"/.exec(intake?.query ?? '')?.[1];
		expect(readFileSync('main.ts', 'utf8')).toContain(`app.http('${name}'`);
	});

	it('take their limits from the parameters', async () => {
		const queryOf = async (set: ParameterSet, key: string) => (await alertsOf(set)).find((alert) => alert.key === key)?.query;
		expect(await queryOf('email-only', 'pending')).toMatch(/> 3600000$/);
		expect(await queryOf('biggest', 'pending')).toMatch(/> 900000$/);
		expect(await queryOf('biggest', 'quiet')).toMatch(/ago\(30d\)$/);
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
