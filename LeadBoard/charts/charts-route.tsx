/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations } from '../board-destinations.ts';
import { Layout } from '../frame/layout.tsx';
import { readChartWish } from './chart-wish.ts';
import { ChartsPage } from './charts-page.tsx';
import { readTally } from './read-tally.ts';
import { readWaiting } from './read-waiting.ts';

/** `GET /board/charts?days=30&by=country`: for everybody who may read. */
export const chartsRoute = new Hono<{ Bindings: BoardDeps }>().get('/board/charts', async (c) => {
	const destinations = await allDestinations(c.env);
	const { wish, problems } = readChartWish((name) => c.req.query(name), destinations);
	const [tally, waiting] = await Promise.all([readTally(wish.days, c.env), readWaiting(destinations, c.env)]);
	return c.html(
		<Layout title="Charts" current="charts" person={c.env.person}>
			<ChartsPage wish={wish} problems={problems} tally={tally} waiting={waiting} destinations={destinations} now={c.env.clock()} />
		</Layout>,
	);
});
