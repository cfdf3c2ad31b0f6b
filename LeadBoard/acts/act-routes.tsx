/** @jsxImportSource hono/jsx */
import { type Context, Hono } from 'hono';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { findLeads } from '../../shared/operate/find-leads.ts';
import { retryWaiting } from '../../shared/operate/retry-waiting.ts';
import { problem, readForm, readJsonObject } from '../api/problem.ts';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations } from '../board-destinations.ts';
import { Layout } from '../frame/layout.tsx';
import { roles } from '../gate/judge-principal.ts';
import { readFilter } from '../leads/read-filter.ts';
import { findDeps } from '../leads/search-person.ts';
import { type Destinations, mostIds, readWish, type Wish } from './act.ts';
import { ConfirmPage, ResultsPage } from './act-pages.tsx';
import { type ActResult, performAct } from './perform-act.ts';
import { type Plan, planActs } from './plan-acts.ts';

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

const nothingDone = 'Nothing was done';
const mayNot = `You may read, not act: that needs the app role ${roles.act}.`;

/** Acts on leads and rejected payloads: by forms, and by JSON. Whoever asks has been let in, and comes from a page of the board. */
export const actRoutes = new Hono<Env>()
	.post('/board/act', async (c) => {
		const { person, clock } = c.env;
		if (!person.mayAct) return c.html(<Said c={c} title={nothingDone} text={mayNot} />, 403);
		const body: Body = await readForm(c);
		// A list's form says `do`, because `action` is a word of its filter; what a list is chosen from is always confirmed.
		const said = typeof body.do === 'string' ? { ...body, action: body.do } : body;
		const destinations = await destinationsOf(c.env);
		const found = body.scope === 'filter' ? await idsOfFilter(body, destinations, c.env) : undefined;
		const wish = typeof found === 'string' ? found : readWish({ ...said, ...(found && { id: found.ids }) }, destinations);
		const back = backOf(body);
		if (typeof wish === 'string') return c.html(<Said c={c} title={nothingDone} text={wish} />, 400);
		// Only by the button beside a destination: a list of which nothing was chosen is not all that waits.
		if (body.do === undefined && wish.action === 'retry' && wish.ids.length === 0 && wish.destination !== undefined)
			return c.html(<Said c={c} title="Tried now" text={await retryDestination(wish.destination, c.env)} />);
		const [only = ''] = wish.ids;
		if (body.confirmed !== 'yes') {
			const shown = clock();
			const plan = await planActs(wish, c.env);
			if (body.do !== undefined || !isSimple(wish, plan))
				return c.html(
					<Layout title="Confirm" current="leads" person={person}>
						<ConfirmPage
							wish={{ ...wish, shown }}
							plan={plan}
							now={clock()}
							back={back}
							isMore={typeof found === 'object' && found.isMore}
						/>
					</Layout>,
				);
		}
		const { results, rest } = await performActs(wish, countOf(body.before), c.env);
		if (wish.ids.length === 1 && results[0]?.ok && wish.action !== 'erase')
			return c.redirect(`/board/leads/${only}?done=${wish.action}`, 303);
		return c.html(
			<Layout title="Results" current="leads" person={person}>
				<ResultsPage wish={wish} results={results} rest={rest} before={countOf(body.before)} back={back} />
			</Layout>,
		);
	})
	// Where a browser comes back to from a sign-in, without what it had sent.
	.on('GET', ['/board/act', '/board/leads/search'], (c) =>
		c.html(
			<Said c={c} title={nothingDone} text="What you sent did not arrive, because you had to sign in first. Go back, and send it again." />,
		),
	)
	.post('/api/board/acts', async (c) => {
		const refuse = (status: 400 | 403 | 409, detail: string) => problem(c, status, nothingDone, detail);
		if (!c.env.person.mayAct) return refuse(403, mayNot);
		const body = await readJsonObject(c, nothingDone);
		if (body instanceof Response) return body;
		const wish = readWish(body, await destinationsOf(c.env));
		if (typeof wish === 'string') return refuse(400, wish);
		if (wish.ids.length > mostIdsOfJson) return refuse(400, `No more than ${mostIdsOfJson} ids in one request.`);
		if (wish.action === 'retry' && wish.ids.length === 0 && wish.destination !== undefined)
			return c.json({ results: [], rest: [], text: await retryDestination(wish.destination, c.env) });
		if (wish.ids.length === 0) return refuse(400, 'Nothing was chosen: give the ids of leads.');
		if (body.confirmed !== true && body.confirmed !== 'yes') {
			const plan = await planActs(wish, c.env);
			if (!isSimple(wish, plan)) return refuse(409, `${whyConfirm(wish, plan)} If you mean it, send it again with "confirmed": true.`);
		}
		return c.json(await performActs(wish, countOf(body.before), c.env));
	});

const destinationsOf = async (deps: BoardDeps): Promise<Destinations> => ({
	all: await allDestinations(deps),
	named: namesOf(deps.settings.kinds),
});

/** How many were acted on before, by the same confirmation. */
const countOf = (text: unknown): number => (/^\d{1,6}$/.test(String(text)) ? Number(text) : 0);

/** The list that it was chosen from, with its filter: only a path of ours. */
const backOf = ({ back }: Body): string =>
	typeof back === 'string' && /^\/board\/(?:leads|rejected)(?:\?[\w%&=+.*-]*)?$/.test(back) ? back : '/board/leads';

/** One button, one lead, nothing to think about: it is done at once. What is impossible is told by the result. */
const isSimple = ({ ids, action, again }: Wish, { mayDouble, held }: Plan): boolean =>
	ids.length === 1 && action !== 'erase' && !again && mayDouble === 0 && held.length === 0;

/** What is to be thought about, in one sentence or more. */
function whyConfirm({ ids, action, again }: Wish, { mayDouble, held }: Plan): string {
	if (action === 'erase') return 'What is erased is gone for good.';
	const whys = [
		...(ids.length > 1 ? [`It is for ${ids.length} leads.`] : []),
		...(again ? ['It sends again what has ended.'] : []),
		...(mayDouble > 0 ? [`${mayDouble === 1 ? '1 delivery' : `${mayDouble} deliveries`} may come twice.`] : []),
	];
	return [...whys, ...held].join(' ');
}

/** What a filter finds now, up to what one confirmation may be for; a sentence when it cannot be read. */
async function idsOfFilter(body: Body, { all }: Destinations, deps: BoardDeps): Promise<{ ids: string[]; isMore: boolean } | string> {
	const query = (name: string) => (typeof body[name] === 'string' ? body[name] : undefined);
	// The form's own `destination` is that of the filter.
	const { filter, problems } = readFilter(query, { now: deps.clock(), destinations: all });
	if (problems.length > 0) return problems.join(' ');
	const { items, next } = await findLeads(filter, { most: mostIds, mostRead: 10_000 }, { ...findDeps(deps), destinations: all });
	return { ids: items.map(({ leadId }) => leadId), isMore: next !== undefined };
}

/** One after the other, until the time of a request is used up. */
async function performActs(wish: Wish, before: number, deps: BoardDeps): Promise<{ results: ActResult[]; rest: string[] }> {
	const until = deps.clock() + actForMs;
	const results: ActResult[] = [];
	for (const [index, id] of wish.ids.entries()) {
		if (deps.clock() > until) return { results, rest: wish.ids.slice(index) };
		results.push(await performAct(id, wish, before + index, deps));
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
	if (due.length + left.length + rest === 0) return `Nothing waits for ${destination}${cooldown ? ', and it is no longer paused' : ''}.`;
	const waits = `${due.length} ${due.length === 1 ? 'lead is' : 'leads are'} due at ${destination}.`;
	const others =
		left.length > 0 ? ` ${left.length} ${left.length === 1 ? 'is' : 'are'} not: an attempt is under way, or may have arrived.` : '';
	const probe = cooldown ? ' One of them tries the destination first; the others follow when it is taken.' : '';
	const more = rest === 0 ? '' : ` The time of one request was used up: ${rest} are as they were. Try again for them.`;
	return `${waits}${others}${more}${probe}${failed === undefined ? '' : ' The bell could not be rung: the next sweep rings.'}`;
}
