import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Changes } from '../changes.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { SandboxState } from './page-data.ts';

/** `GET /events`: the state at once and after every change, as server-sent events. */
export const eventRoutes = ({ changes, state }: { changes: Pick<Changes, 'listen'>; state: () => SandboxState }) =>
	new Hono<SandboxEnv>().get('/events', (c) => {
		c.header('x-accel-buffering', 'no');
		return streamSSE(c, async (stream) => {
			const say = () => stream.writeSSE({ data: JSON.stringify(state()), retry: 1000 });
			await new Promise<void>((resolve) => {
				const stop = changes.listen(() => void say());
				stream.onAbort(() => {
					stop();
					resolve();
				});
				void say();
			});
		});
	});
