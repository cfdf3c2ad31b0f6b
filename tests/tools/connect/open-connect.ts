import { createPartnerCenter, makeOffer, type Offer, type PartnerCenterOptions } from '../../../sandbox/partner-center/partner-center.ts';
import { createResourceManager } from '../../../sandbox/partner-center/resource-manager.ts';
import { runConnect } from '../../../tools/connect/run-connect.ts';

export const oldKey = 'the-old-key-of-the-intake_0123456789==';
export const intake = (key: string, host = 'leads.azurewebsites.net') => `https://${host}/api/leads?code=${encodeURIComponent(key)}`;
export { makeOffer };

/** What happens to a call: it is lost before, or after, it is done; or the service answers with this status. */
export type Fault = 'lost' | 'answer lost' | number;

/** Partner Center and Azure with an app whose key is in some offers, and the tool in front of them. */
export function openConnect(
	offers: Offer[],
	options: Partial<PartnerCenterOptions> & { keys?: [string, string][]; hostKeys?: [string, string][] } = {},
) {
	const keys = new Map(options.keys ?? [['default', oldKey]]);
	const center = createPartnerCenter({ offers, ...options });
	const azure = createResourceManager({ app: 'leads', keys, hostKeys: new Map(options.hostKeys) });
	const world = {
		offers,
		keys,
		/** By number of the call, from 1. */
		faults: new Map<number, Fault>(),
		calls: 0,
		/** After each call. */
		watch: (): void => undefined,
		requests: [] as string[],
		pauses: [] as number[],
	};
	const answer = async (url: string, init?: RequestInit): Promise<Response> => {
		const { host, pathname, search } = new URL(url);
		const fault = world.faults.get(++world.calls);
		world.requests.push(`${init?.method} ${pathname}`);
		if (fault === 'lost') throw new TypeError('fetch failed');
		if (typeof fault === 'number')
			return Response.json(
				{ error: { code: 'fault', message: 'a fault' } },
				{ status: fault, headers: fault === 429 ? { 'retry-after': '7' } : {} },
			);
		const response = await (host === 'graph.microsoft.com' ? center : azure).request(`${pathname}${search}`, init);
		world.watch();
		if (fault === 'answer lost') throw new TypeError('terminated');
		return response;
	};
	/** Runs `npm run connect -- …`; `answers` are given to the questions, in turn; without them no one can be asked. */
	const run = async (args: string, { answers, stdin = '' }: { answers?: boolean[]; stdin?: string } = {}) => {
		const said = { out: '', notes: '', questions: [] as string[] };
		const left = [...(answers ?? [])];
		const code = await runConnect(args.split(' ').filter(Boolean), {
			terminal: {
				print: async (text) => {
					said.out += text;
				},
				note: (text) => {
					said.notes += `${text}\n`;
				},
				progress: () => undefined,
				...(answers && {
					confirm: async (question: string) => {
						said.questions.push(question);
						return left.shift() ?? false;
					},
				}),
			},
			environment: { APP_NAME: 'leads', AZURE_RESOURCE_GROUP: 'group', AZURE_SUBSCRIPTION_ID: 'subscription' },
			fetch: ((url: string, init?: RequestInit) => answer(url, init)) as typeof fetch,
			clock: () => Date.UTC(2026, 10, 23),
			pause: async (ms) => {
				world.pauses.push(ms);
				if (world.pauses.length > 2000) throw new Error('it waits for ever');
			},
			deadline: () => new AbortController().signal,
			readStdin: async () => stdin,
			getToken: async () => 'token',
		});
		return { code, ...said, all: said.out + said.notes + said.questions.join('\n'), json: () => JSON.parse(said.out) };
	};
	/** Where the leads of an offer go. */
	const urlOf = (offer: Offer | undefined, target: 'draft' | 'preview' | 'live') =>
		(
			offer?.trees[target]?.find(({ $schema }) => $schema.includes('/customer-leads/'))?.httpsEndpointLeadConfiguration as {
				httpsEndpointUrl?: string;
			}
		)?.httpsEndpointUrl;
	/** Addresses of ours whose key does not exist. */
	const broken = () =>
		offers.flatMap((offer) =>
			(['draft', 'preview', 'live'] as const).flatMap((target) => {
				const url = urlOf(offer, target);
				const code = url && new URL(url).host === 'leads.azurewebsites.net' ? new URL(url).searchParams.get('code') : undefined;
				return code && ![...keys.values()].includes(code) ? [`${offer.externalId} ${target}`] : [];
			}),
		);
	return Object.assign(world, { run, urlOf, broken });
}
