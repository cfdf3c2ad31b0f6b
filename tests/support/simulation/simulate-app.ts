import { mostInHand } from '../../../LeadDelivery/answer-bell.ts';
import { createCooldowns } from '../../../LeadDelivery/cooldowns.ts';
import { deliverLead } from '../../../LeadDelivery/deliver-lead.ts';
import { takeReceipt } from '../../../LeadIntake/take-receipt.ts';
import { ringOverdue } from '../../../LeadSweep/ring-overdue.ts';
import { seededRandom } from '../../../sandbox/faults/seeded-random.ts';
import { sandboxClientId, sandboxIdentityHeader, sandboxSettings } from '../../../sandbox/sandbox-settings.ts';
import { startSandbox } from '../../../sandbox/start-sandbox.ts';
import type { LogLine } from '../../../shared/basics/log.ts';
import type { Destination, DestinationName } from '../../../shared/delivery/destination.ts';
import { createCrmDestination } from '../../../shared/destinations/crm/create-crm-destination.ts';
import { crmSettingsOf } from '../../../shared/destinations/crm/crm-settings.ts';
import { createEmailDestination } from '../../../shared/destinations/email/create-email-destination.ts';
import { emailSettingsOf } from '../../../shared/destinations/email/email-settings.ts';
import { createTableJournal } from '../../../shared/journal/table/table-journal.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { openServices, type Services } from '../../../shared/services.ts';
import type { GetToken } from '../../../shared/tokens/open-credential.ts';
import { payload } from '../payload.ts';
import { createBellsInMemory } from './bells-in-memory.ts';
import { createSimulatedTime } from './simulated-time.ts';
import { createTableInMemory } from './table-in-memory.ts';

const second = 1000;
/** What one look at the journal for a bell takes. */
const lookMs = 20;
/** What the services take for one request. */
const usual = { graph: { kind: 'slow', seconds: 0.4 }, dataverse: { kind: 'slow', seconds: 0.2 } };
const longestPollMs = 2 * second;
const sweepEveryMs = 300 * second;

/**
 * The app on several instances, with its own intake, deliveries, rests and sweep, and the real clients that talk to a sandbox with the documented limits, in
 * simulated time. Storage answers at once, from memory.
 */
export async function simulateApp({ instances }: { instances: number }) {
	const time = createSimulatedTime(Date.UTC(2026, 10, 23));
	const random = seededRandom(7);
	const sandbox = await startSandbox({ port: 0, clock: time.now, rates: 1, pause: time.sleepOutside });
	const journal = createTableJournal(createTableInMemory(), ['email', 'crm']);
	const bells = createBellsInMemory(time);
	const lines: (LogLine & { at: number })[] = [];
	const log = (line: LogLine) => void lines.push({ ...line, at: time.now() });
	const realFetch = globalThis.fetch;
	/** The whole answer, so that nothing of it is still under way when time goes on. */
	globalThis.fetch = (...request) =>
		time.outside(async () => {
			const response = await realFetch(...request);
			const body = await response.arrayBuffer();
			return new Response(body.byteLength > 0 ? body : null, response);
		});

	const services: Services = {
		...openServices({
			...sandboxSettings(sandbox.url),
			AzureWebJobsStorage: 'UseDevelopmentStorage=true',
			EMAIL_MAX_PER_HOUR: '100000',
		}),
		clock: time.now,
		random,
		deadline: time.deadline,
		pause: time.sleep,
		journal: async () => journal,
		bell: async () => bells.ring,
		queue: async () => bells.queue,
	};
	const getToken = tokensFrom(sandbox.url, time.now);
	let posted = 0;
	let ended = false;

	/** One instance: as many leads at once as it has in hand, refilled one by one; while none rings, it looks every 2 seconds. */
	function startInstance(): void {
		const { settings } = services;
		const opened: Record<DestinationName, Destination> = {
			email: createEmailDestination({ settings: emailSettingsOf(settings), getToken }),
			crm: createCrmDestination({
				settings: crmSettingsOf(settings),
				getToken,
				fetch: (...request) => fetch(...request),
				clock: time.now,
				deadline: time.deadline,
			}),
		};
		const destination = async (name: DestinationName) => opened[name] as Destination;
		const deliveryDeps = { ...services, destination, cooldowns: createCooldowns(services), log };
		for (let index = 0; index < mostInHand; index++) void listen();
		async function listen(): Promise<void> {
			while (!ended) {
				const leadId = bells.hear();
				if (leadId) {
					await time.sleep(lookMs);
					await deliverLead(leadId, deliveryDeps);
				} else {
					await bells.next();
					await time.sleep(Math.round(random() * longestPollMs));
				}
			}
		}
	}

	async function sweep(): Promise<void> {
		while (!ended) {
			await time.sleep(sweepEveryMs);
			await ringOverdue({ ...services, log, over: new AbortController().signal });
		}
	}

	for (let index = 0; index < instances; index++) startInstance();
	void sweep();
	return {
		time,
		lines,
		/** Posts a lead of its own; its id. */
		async post(): Promise<string> {
			const receivedAt = time.now();
			const body = Buffer.from(JSON.stringify(payload({ OfferTitle: `Offer ${++posted}` })));
			const answer = await takeReceipt({ leadId: newLeadId(receivedAt), receivedAt, payload: body }, { ...services, log });
			if (answer.kind !== 'taken') throw new Error(answer.kind);
			return answer.leadId;
		},
		/** What both services do from now on; with nothing, they work as usual. */
		async setFault(fault?: object): Promise<void> {
			const faults = fault ? { graph: fault, dataverse: fault } : usual;
			await fetch(`${sandbox.url}/faults`, { method: 'PUT', body: JSON.stringify(faults) });
		},
		/** When which lead's mail came, oldest first. */
		async mails(): Promise<{ leadId: string; at: number }[]> {
			const mailbox = (await (await fetch(`${sandbox.url}/mailbox.json`)).json()) as {
				headers: Record<string, string>;
				receivedAt: string;
			}[];
			return mailbox.map(({ headers, receivedAt }) => ({ leadId: headers['x-lead-id'] ?? '', at: Date.parse(receivedAt) }));
		},
		async records(): Promise<object[]> {
			return (await fetch(`${sandbox.url}/crm.json`)).json() as Promise<object[]>;
		},
		async close(): Promise<void> {
			ended = true;
			globalThis.fetch = realFetch;
			await sandbox.close();
		},
	};
}

export type SimulatedApp = Awaited<ReturnType<typeof simulateApp>>;

/** Tokens by the identity's protocol, kept as its library keeps them. */
function tokensFrom(sandboxUrl: string, clock: () => number): GetToken {
	const known = new Map<string, { token: string; until: number }>();
	return async (scope) => {
		const kept = known.get(scope);
		if (kept && kept.until > clock()) return kept.token;
		const query = new URLSearchParams({
			resource: scope.replace(/\/\.default$/, ''),
			'api-version': '2019-08-01',
			client_id: sandboxClientId,
		});
		const response = await fetch(`${sandboxUrl}/identity/token?${query}`, { headers: { 'x-identity-header': sandboxIdentityHeader } });
		const { access_token: token, expires_on: expiresOn } = (await response.json()) as { access_token: string; expires_on: string };
		known.set(scope, { token, until: Number(expiresOn) * 1000 - 300 * second });
		return token;
	};
}
