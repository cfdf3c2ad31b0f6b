import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { createAdaptorServer } from '@hono/node-server';
import { serveBoard } from '../../LeadBoard/serve-board.ts';
import { signRequestIn } from '../../sandbox/runner/sign-in.ts';
import { developmentSignIn } from '../../sandbox/start/development-sign-in.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import type { App } from './app.ts';

/** The board over an app's services, behind a sign-in. */
export async function openBoard({ services, lines }: App) {
	const development = developmentSignIn({});
	if (!development) throw new Error('there is no development sign-in here');
	const { board } = readSettings(development.settings);
	if (!board) throw new Error('the board is not configured');
	const handler = serveBoard({ ...services, settings: { ...services.settings, board } }, development.settings);
	const sink = (line: string) => void lines.push(JSON.parse(line));
	const context = { log: sink, warn: sink, error: sink } as unknown as InvocationContext;
	const gate = { roles: ['Leads.Read', 'Leads.Act'], isSessionOver: false };
	const ask = async (request: Request): Promise<Response> => {
		if (gate.isSessionOver) return new Response(null, { status: 302, headers: { location: 'https://login.example/' } });
		const headers = Object.fromEntries(request.headers);
		headers.host = '127.0.0.1';
		signRequestIn(headers, { ...development.signIn, roles: gate.roles });
		const { url, method, body } = request;
		const answer = await handler({ url, method, headers: new Headers(headers), body } as unknown as HttpRequest, context);
		const { status = 200, headers: sent, body: page } = answer as { status?: number; headers: [string, string][]; body?: BodyInit };
		return new Response(page ?? null, { status, headers: sent });
	};
	const server = createAdaptorServer({ fetch: ask, overrideGlobalObjects: false }) as Server;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		gate,
		/** Asks without a server; a change comes from a page of the board unless it says otherwise. */
		ask: (path: string, init: RequestInit = {}) =>
			ask(
				new Request(`http://127.0.0.1${path}`, {
					...init,
					headers: { 'sec-fetch-site': 'same-origin', ...init.headers },
					redirect: 'manual',
				}),
			),
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

export type OpenBoard = Awaited<ReturnType<typeof openBoard>>;
