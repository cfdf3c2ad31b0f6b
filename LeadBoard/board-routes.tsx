/** @jsxImportSource hono/jsx */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isLeadId } from '../shared/lead/lead-id.ts';
import { readLeadName } from '../shared/operate/find-lead.ts';
import { actRoutes } from './acts/act-routes.tsx';
import { apiRoutes } from './api/api-routes.ts';
import { problem, readForm } from './api/problem.ts';
import type { BoardDeps } from './board-deps.ts';
import { chartsRoute } from './charts/charts-route.tsx';
import { exportRoute } from './export/export-route.tsx';
import { files } from './frame/files.ts';
import { Layout } from './frame/layout.tsx';
import { safeHeaders } from './gate/page-headers.ts';
import { LeadPage } from './lead/lead-page.tsx';
import { readLeadPage } from './lead/read-lead-page.ts';
import { readSent } from './lead/read-sent.ts';
import { LeadsPage } from './leads/leads-page.tsx';
import { readLeads } from './leads/read-leads.ts';
import { SearchPage } from './leads/search-page.tsx';
import { searchPerson } from './leads/search-person.ts';
import { readRejected } from './rejected/read-rejected.ts';
import { RejectedPage } from './rejected/rejected-page.tsx';
import { readToday } from './today/read-today.ts';
import { TodayPage } from './today/today-page.tsx';

/** 500 ids and a note are a tenth of it. */
const mostBytes = 256 * 1024;

const tooMuch = (c: Context) =>
	c.req.path.startsWith('/api/')
		? problem(c, 413, 'Nothing was done', 'The body is too large: 256 KiB at most.')
		: c.text('Nothing was done, because this is too much at once: 256 KiB at most.', 413);

/** The pages and what they are drawn from, for someone who has been let in. What throws is told by whoever asked. */
export const boardRoutes = new Hono<{ Bindings: BoardDeps }>({ strict: false })
	.onError((error) => {
		throw error;
	})
	.use(bodyLimit({ maxSize: mostBytes, onError: tooMuch }))
	.get('/board', async (c) => {
		const { person } = c.env;
		const today = await readToday(c.env);
		return c.html(
			<Layout title="Today" current="today" person={person}>
				<TodayPage today={today} mayAct={person.mayAct} />
			</Layout>,
		);
	})
	.get('/board/leads', async (c) => {
		const list = await readLeads(c.env, (name) => c.req.query(name), { soon: true });
		return c.html(
			<Layout title="Leads" current="leads" person={c.env.person}>
				<LeadsPage {...list} mayAct={c.env.person.mayAct} />
			</Layout>,
		);
	})
	.post('/board/leads/search', async (c) => {
		const { text, after } = await readForm(c);
		const searched = typeof text === 'string' ? text.trim() : '';
		if (!searched) return c.redirect('/board/leads', 303);
		// From a log line, a record in the CRM, or an address.
		const name = readLeadName(searched);
		if (name && 'id' in name) return c.redirect(`/board/leads/${name.id}`, 303);
		return c.html(
			<Layout title="Search" current="leads" person={c.env.person}>
				<SearchPage text={searched} found={await searchPerson(searched, c.env, { after, soon: true })} after={after} now={c.env.clock()} />
			</Layout>,
		);
	})
	.route('/', actRoutes)
	.get('/board/leads/:id', async (c) => {
		const view = await viewOf(c.req.param('id'), c.env);
		if (!view) return c.notFound();
		return c.html(
			<Layout title={view.lead ? 'Lead' : 'Rejected payload'} current={view.lead ? 'leads' : 'rejected'} person={c.env.person}>
				<LeadPage view={view} sent={await readSent(view, c.env)} mayAct={c.env.person.mayAct} done={c.req.query('done')} />
			</Layout>,
		);
	})
	.get('/board/leads/:id/sent/:destination', async (c) => {
		const view = await viewOf(c.req.param('id'), c.env);
		const [sent] = view ? await readSent(view, c.env, c.req.param('destination')) : [];
		return sent?.preview.page === undefined ? c.notFound() : c.html(sent.preview.page, 200, safeHeaders('mail'));
	})
	.get('/board/rejected', async (c) => {
		const after = c.req.query('after');
		const list = await readRejected(c.env, after, { soon: true });
		return c.html(
			<Layout title="Rejected payloads" current="rejected" person={c.env.person}>
				<RejectedPage {...list} after={after} now={c.env.clock()} mayAct={c.env.person.mayAct} />
			</Layout>,
		);
	})
	.route('/', apiRoutes)
	.route('/', exportRoute)
	.route('/', chartsRoute)
	.get('/board/files/:file', (c) => {
		const found = Object.values(files).find(({ path }) => path.endsWith(`/${c.req.param('file')}`));
		if (!found) return c.notFound();
		return c.body(found.text, 200, { 'content-type': found.type, 'cache-control': 'private, max-age=31536000, immutable' });
	})
	.notFound((c) => {
		if (c.req.path.startsWith('/api/')) return problem(c, 404, 'Not found', 'The board has nothing at this path, or it was erased.');
		return c.html(
			<Layout title="Not found" person={c.env.person}>
				<h1>There is nothing here</h1>
				<p>
					The lead may have been erased, or the link is not complete. <a href="/board">Back to today</a>
				</p>
			</Layout>,
			404,
		);
	});

const viewOf = async (id: string, deps: BoardDeps) => (isLeadId(id) ? readLeadPage(id, deps) : undefined);
