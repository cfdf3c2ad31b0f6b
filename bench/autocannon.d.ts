/** What we use of autocannon, which has no types of its own. */
declare module 'autocannon' {
	interface Request {
		body?: string;
		[member: string]: unknown;
	}
	interface Options {
		url: string;
		connections: number;
		/** Requests in all. */
		amount: number;
		/** Requests a second of all connections together. */
		overallRate?: number;
		method: 'POST';
		headers: Record<string, string>;
		requests: { setupRequest: (request: Request) => Request; onResponse: () => void }[];
	}
	interface Result {
		'2xx': number;
		non2xx: number;
		errors: number;
		/** Milliseconds. */
		latency: { p50: number; p99: number };
	}
	export default function autocannon(options: Options): Promise<Result>;
}
