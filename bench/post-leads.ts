import autocannon from 'autocannon';
import { nextPayload } from './lead-payload.ts';

export interface Load {
	leads: number;
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
}

/** Posts so many leads, each unique, at so many connections at once; `perSecond` holds them to a rate. Throws unless every one of them is accepted. */
export async function postLeads(
	intakeUrl: string,
	{ connections, leads, perSecond }: { connections: number; leads: number; perSecond?: number },
): Promise<Load> {
	const begun = performance.now();
	let last = begun;
	const result = await autocannon({
		url: intakeUrl,
		connections: Math.min(connections, leads),
		amount: leads,
		...(perSecond !== undefined && { overallRate: perSecond }),
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		requests: [
			{
				setupRequest: (request) => ({ ...request, body: nextPayload() }),
				// It tells only once a second that it has come to its end.
				onResponse: () => {
					last = performance.now();
				},
			},
		],
	});
	const tookMs = last - begun;
	const accepted = result['2xx'];
	if (accepted < leads) throw new Error(`${leads - accepted} of ${leads} POSTs were not accepted`);
	return { leads: accepted, perSecond: (accepted / tookMs) * 1000, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}
