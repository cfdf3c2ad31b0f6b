/** @jsxImportSource hono/jsx */
import { type Context, Hono } from 'hono';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { findLeads } from '../../shared/operate/find-leads.ts';
import { retryWaiting } from '../../shared/operate/retry-waiting.ts';
import type { BoardDeps } from '../board-deps.ts';
import { Layout } from '../frame/layout.tsx';
import { roles } from '../gate/judge-principal.ts';
import { readFilter } from '../leads/read-filter.ts';
import { findDeps } from '../leads/search-person.ts';
import { mostIds, readWish, type Wish } from './act.ts';
import { ConfirmPage, ResultsPage } from './act-pages.tsx';
import { type ActResult, performAct } from './perform-act.ts';
import { planActs } from './plan-acts.ts';

type Env = { Bindings: BoardDeps };
type Body = Record<string, unknown>;

/** One request acts for so long; then a page offers to go on. Milliseconds. */
const actForMs = 20_000;
/** In one request of a script, so that it can tell how far it is. */
const mostIdsOfJson = 25;

const Said = ({ c, title, text }: { c: Context<Env>; title: string; text: string }) => (
	<Layout title={title} person={c.env.person}>
		<h1>{title}</h1>
		<p>
			{text} <a href="/board">Back to today</a>
		</p>
	</Layout>
);

const mayNot = `You may read, not act: that needs the app role ${roles.act}.`;

/** Acts on leads and rejected payloads: by forms, and by JSON. Whoever asks has been let in, and comes from a page of the board. */
export const actRoutes = new Hono<Env>()
	.post('/board/act', async (c) => {
		const { person, clock } = c.env;
		if (!person.mayAct) return c.html(<Said c={c} title="Nothing was done" text={mayNot} />, 403);
		const body: Body = await c.req.parseBody({ all: true });
		// A list's form says `do`, because `action` is a word of its filter; what a list is chosen from is always confirmed.
		const said = typeof body.do === 'string' ? { ...body, action: body.do } : body;
		const wish = readWish(body.scope === 'filter' ? { ...said, id: await idsOfFilter(body, c.env) } : said, namesOf(c.env.settings.kinds));
		if (typeof wish === 'string') return c.html(<Said c={c} title="Nothing was done" text={wish} />, 400);
		// Only by the button beside a destination: a list of which nothing was chosen is not all that waits.
		if (body.do === undefined && wish.action === 'retry' && wish.ids.length === 0 && wish.destination !== undefined)
			return c.html(<Said c={c} title="Tried now" text={await retryDestination(wish.destination, c.env)} />);
		const [only = ''] = wish.ids;
		const isSimple = body.do === undefined && wish.ids.length === 1 && wish.action !== 'erase' && !wish.again;
		if (body.confirmed !== 'yes' && !isSimple)
			return c.html(
				<Layout title="Confirm" current="leads" person={person}>
					<ConfirmPage wish={wish} plan={await planActs(wish, c.env)} now={clock()} />
				</Layout>,
			);
		const { results, rest } = await performActs(wish, c.env);
		if (wish.ids.length === 1 && results[0]?.ok && wish.action !== 'erase')
			return c.redirect(`/board/leads/${only}?done=${wish.action}`, 303);
		return c.html(
			<Layout title="Results" current="leads" person={person}>
				<ResultsPage wish={wish} results={results} rest={rest} />
			</Layout>,
		);
	})
	.post('/api/board/acts', async (c) => {
		const problem = (status: 400 | 403 | 415, detail: string) =>
			c.json({ type: 'about:blank', title: 'Nothing was done', status, detail }, status, { 'content-type': 'application/problem+json' });
		if (!c.env.person.mayAct) return problem(403, mayNot);
		if (!/^application\/json(?:;|$)/i.test(c.req.header('content-type') ?? '')) return problem(415, 'Send JSON.');
		const body: unknown = await c.req.json().catch(() => undefined);
		const wish =
			body !== null && typeof body === 'object' ? readWish(body as Body, namesOf(c.env.settings.kinds)) : 'The body is not a JSON object.';
		if (typeof wish === 'string') return problem(400, wish);
		if (wish.ids.length > mostIdsOfJson) return problem(400, `No more than ${mostIdsOfJson} ids in one request.`);
		return c.json({ results: (await performActs(wish, c.env)).results });
	});

/** What a filter finds now, up to what one confirmation may be for. */
async function idsOfFilter(body: Body, deps: BoardDeps): Promise<string[]> {
	const query = (name: string) => (typeof body[name] === 'string' ? body[name] : undefined);
	// The form's own `destination` is that of the filter.
	const { filter, problems } = readFilter(query, { now: deps.clock(), destinations: namesOf(deps.settings.kinds) });
	if (problems.length > 0) return [];
	const { items } = await findLeads(filter, { most: mostIds, mostRead: 20_000 }, findDeps(deps));
	return items.map(({ leadId }) => leadId);
}

/** One after the other, until the time of a request is used up. */
async function performActs(wish: Wish, deps: BoardDeps): Promise<{ results: ActResult[]; rest: string[] }> {
	const until = deps.clock() + actForMs;
	const results: ActResult[] = [];
	for (const [index, id] of wish.ids.entries()) {
		if (deps.clock() > until) return { results, rest: wish.ids.slice(index) };
		results.push(await performAct(id, wish, deps));
	}
	return { results, rest: [] };
}

/** Ends a destination's pause, and tries what waits for it. */
async function retryDestination(destination: string, deps: BoardDeps): Promise<string> {
	const until = deps.clock() + actForMs;
	const wish = { destination, actor: { by: deps.person.objectId }, isOver: () => deps.clock() > until };
	const { cooldown, due, left, failed, rest } = await retryWaiting(wish, deps);
	deps.log({ event: 'board.acted', action: 'retry', destination, by: deps.person.objectId, ok: true });
	if (cooldown?.why === 'heldBack' && cooldown.until > deps.clock())
		return 'The limit of mails per hour is reached: they are sent in the next hours.';
	const waits = `${due.length} ${due.length === 1 ? 'lead is' : 'leads are'} due at ${destination}.`;
	const others =
		left.length > 0 ? ` ${left.length} ${left.length === 1 ? 'is' : 'are'} not: an attempt is under way, or may have arrived.` : '';
	const probe = cooldown ? ' One of them tries the destination first; the others follow when it is taken.' : '';
	const more = rest === 0 ? '' : ` The time of one request was used up: ${rest} are as they were. Try again for them.`;
	return `${waits}${others}${more}${probe}${failed === undefined ? '' : ' The bell could not be rung: the next sweep rings.'}`;
}
