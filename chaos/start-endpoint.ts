import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Arrival } from './start-stack.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** The endpoint's name as a destination. */
export const endpointName = 'webhook:own';

/** A receiver as anyone may have it: it verifies each request by Standard Webhooks, and knows a repetition by its `webhook-id`. */
export interface Endpoint {
	/** Where the requests are posted to. */
	url: string;
	/** Settings that make an endpoint of an address, which leads to `url`. */
	settings(address: string): Record<string, string>;
	/** What was posted, repetitions too; `leadId` is the `webhook-id`. */
	posts: Arrival[];
	/** Answers late from now on, after it has taken what was posted. */
	delay(ms: number): void;
	close(): Promise<void>;
}

export async function startEndpoint(): Promise<Endpoint> {
	const webhook = new Webhook(secret);
	const posts: Arrival[] = [];
	let delayMs = 0;
	const server = createServer(async (request, response) => {
		try {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const { data } = webhook.verify(Buffer.concat(chunks), request.headers as Record<string, string>) as {
				data: { person: { email: string } };
			};
			posts.push({ leadId: String(request.headers['webhook-id']), customer: data.person.email });
			if (delayMs > 0) await setTimeout(delayMs);
			response.writeHead(204).end();
		} catch {
			// Not signed by the app, or broken off.
			response.writeHead(401).end();
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		settings: (address) => ({ WEBHOOK_OWN_URL: `${address}/leads`, WEBHOOK_OWN_FORMAT: 'standard', WEBHOOK_OWN_SECRET: secret }),
		posts,
		delay: (ms) => {
			delayMs = ms;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What a receiver keeps that knows a repetition: the first of each id. */
export const deduped = (posts: Arrival[]): Arrival[] => [...new Map(posts.map((post) => [post.leadId, post])).values()];
