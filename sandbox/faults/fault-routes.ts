import { Hono } from 'hono';
import { parseObject } from '../parse-object.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { allowedFaults } from './fault.ts';
import type { FaultBoard } from './fault-board.ts';
import { readFaults } from './read-faults.ts';

/** `GET /faults` shows which are on; `PUT` sets those of the services it names (null clears one); `DELETE` clears all. */
export const faultRoutes = (board: FaultBoard) =>
	new Hono<SandboxEnv>()
		.get('/faults', (c) => c.json(board.all()))
		.put('/faults', async (c) => {
			const reading = readFaults(parseObject(await c.req.text()));
			if (!reading.ok) return c.json({ issues: reading.issues, allowed: allowedFaults }, 400);
			board.set(reading.faults);
			return c.json(board.all());
		})
		.delete('/faults', (c) => {
			board.clear();
			return c.body(null, 204);
		});
