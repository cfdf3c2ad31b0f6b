import { Hono } from 'hono';
import { isFromOwnPage } from '../../LeadBoard/gate/asked-by.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { Drill } from './drill.ts';
import { drillPage, drillPolicy } from './drill-page.ts';
import { lengths } from './drill-text.ts';

interface DrillRoutes {
	drill: Drill;
	boardUrl: () => string | undefined;
}

/**
 * `GET /drill`: the buttons for a browser without script. `POST /drill` presses one: `service`, and `seconds` to cut it off or `end`. Only a page from here
 * may do that; scripts have `PUT /faults`.
 */
export const drillRoutes = ({ drill, boardUrl }: DrillRoutes) =>
	new Hono<SandboxEnv>()
		.get('/drill', (c) =>
			c.html(drillPage(drill.all(), boardUrl()), 200, {
				'content-security-policy': drillPolicy,
				'cache-control': 'no-store',
				'referrer-policy': 'same-origin', // without it a form says that its origin is null
			}),
		)
		.post('/drill', async (c) => {
			if (!isFromOwnPage(c.req.raw.headers))
				return c.text('Nothing was done, because the request did not come from a page of the sandbox. Scripts use PUT /faults.', 403);
			const form = await c.req.parseBody();
			const known = drill.all().find(({ service }) => service === form.service);
			if (!known) return c.text('Nothing was done: there is no such service here.', 400);
			if (form.end !== undefined) drill.end(known.service);
			else {
				const [seconds] = lengths.find(([length]) => String(length) === form.seconds) ?? [];
				if (seconds === undefined)
					return c.text(`Nothing was done: seconds is one of ${lengths.map(([length]) => length).join(', ')}.`, 400);
				drill.cutOff(known.service, seconds);
			}
			return c.redirect('/drill', 303);
		});
