/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { problem } from '../api/problem.ts';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations } from '../board-destinations.ts';
import { Layout } from '../frame/layout.tsx';
import { type ChartWish, readChartWish } from './chart-wish.ts';
import { ChartsPage } from './charts-page.tsx';
import { toChartsRecord } from './charts-record.ts';
import { readTally } from './read-tally.ts';
import { readWaiting } from './read-waiting.ts';

/** `GET /board/charts?days=30&by=country`, and the same as JSON: for everybody who may read. */
export const chartsRoute = new Hono<{ Bindings: BoardDeps }>()
	.get('/board/charts', async (c) => {
		const destinations = await allDestinations(c.env);
		const { wish, problems } = readChartWish((name) => c.req.query(name), destinations);
		return c.html(
			<Layout title="Charts" current="charts" person={c.env.person}>
				<ChartsPage {...(await readCharts(wish, destinations, c.env))} problems={problems} />
			</Layout>,
		);
	})
	.get('/api/board/charts', async (c) => {
		const destinations = await allDestinations(c.env);
		const { wish, problems } = readChartWish((name) => c.req.query(name), destinations);
		if (problems.length > 0) return problem(c, 400, 'Nothing is shown', problems.join(' '));
		return c.json(toChartsRecord(await readCharts(wish, destinations, c.env)));
	});

async function readCharts(wish: ChartWish, destinations: string[], deps: BoardDeps) {
	const [tally, waiting] = await Promise.all([readTally(wish, deps), readWaiting(destinations, deps)]);
	return { wish, tally, waiting, destinations, now: deps.clock() };
}
