import { Hono } from 'hono';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';
import { iso, toRecord, toRejectionRecord } from '../../shared/operate/lead-record.ts';
import type { BoardDeps } from '../board-deps.ts';
import { readLeadPage } from '../lead/read-lead-page.ts';
import { readLeads } from '../leads/read-leads.ts';
import { searchPerson } from '../leads/search-person.ts';
import { readRejected } from '../rejected/read-rejected.ts';
import { readToday } from '../today/read-today.ts';
import { toTodo } from '../today/to-todo.ts';
import { problem, readJsonObject } from './problem.ts';
import { toTodayRecord } from './today-record.ts';

/** As many states are told in one answer. */
const mostStates = 50;

const nothingShown = 'Nothing is shown';

/** The same as the pages, by the same code, as JSON: leads as `npm run leads -- show --json` gives them, times in ISO 8601. */
export const apiRoutes = new Hono<{ Bindings: BoardDeps }>()
	.get('/api/board/today', async (c) => {
		const today = await readToday(c.env);
		return c.json(toTodayRecord(today, toTodo(today)));
	})
	.get('/api/board/leads', async (c) => {
		const { found, problems } = await readLeads(c.env, (name) => c.req.query(name));
		if (problems.length > 0) return problem(c, 400, nothingShown, problems.join(' '));
		return c.json({ leads: found.items.map(toLeadRecord), ...(found.next !== undefined && { next: found.next }) });
	})
	.post('/api/board/leads/search', async (c) => {
		const body = await readJsonObject(c, nothingShown);
		if (body instanceof Response) return body;
		const { text, after } = body;
		if (typeof text !== 'string' || !text.trim()) return problem(c, 400, nothingShown, 'Say what to search for, as {"text": "…"}.');
		const found = await searchPerson(text.trim(), c.env, { after });
		if (typeof found === 'string') return problem(c, 400, nothingShown, found);
		const { leads, by, more, next } = found;
		return c.json({ leads: leads.map(toLeadRecord), by, more, ...(next !== undefined && { next }) });
	})
	.get('/api/board/leads/:id', async (c) => {
		const id = c.req.param('id');
		const view = isLeadId(id) ? await readLeadPage(id, c.env) : undefined;
		if (!view) return c.notFound();
		const { lead, said, rejection, payload, cooldowns, others } = view;
		return c.json({
			...(lead && { ...toLeadRecord(lead), lead: said }),
			...(rejection && { rejection: toRejectionRecord(rejection) }),
			payload,
			cooldowns: Object.fromEntries(
				Object.entries(cooldowns).map(([name, { until, why, code }]) => [name, { until: iso(until), why, code }]),
			),
			others: others.map(({ leadId }) => leadId),
		});
	})
	.get('/api/board/rejected', async (c) => {
		const { found, problem: why } = await readRejected(c.env, c.req.query('after'));
		if (why) return problem(c, 400, nothingShown, why);
		const { items, next } = found;
		return c.json({ rejections: items.map(toRejectionRecord), ...(next !== undefined && { next }) });
	})
	/** Where leads stand now, in words: what a page asks again after something was queued; and, without an id, whether the session goes on. */
	.get('/api/board/states', async (c) => {
		const ids = (c.req.queries('id') ?? []).filter(isLeadId).slice(0, mostStates);
		const { journal, deadline } = c.env;
		const find = async (id: string) => ({ id, lead: await (await journal()).find(id, deadline(storageTimeoutMs.step)) });
		const found = await Promise.all(ids.map(find));
		return c.json({ leads: found.map(({ id, lead }) => ({ id, ...statesOf(lead) })) });
	});

const toLeadRecord = (lead: ListedLead) => {
	const { payload: _, ...listed } = lead;
	return toRecord(listed);
};

function statesOf(lead: ListedLead | undefined): { text: string; waits: boolean; deliveries: Record<string, string> } {
	if (!lead) return { text: 'gone', waits: false, deliveries: {} };
	const states = Object.entries(lead.deliveries).map(([name, { state }]) => [name, state] as const);
	return {
		text: states.map((words) => words.join(' ')).join(', ') || 'no delivery',
		waits: states.some(([, state]) => state === 'pending'),
		deliveries: Object.fromEntries(states),
	};
}
