import { createCooldowns } from '../../LeadDelivery/cooldowns.ts';
import { deliverLead } from '../../LeadDelivery/deliver-lead.ts';
import { takeReceipt } from '../../LeadIntake/take-receipt.ts';
import { spillQueue, spillTo } from '../../shared/accept/spill.ts';
import type { LogLine } from '../../shared/basics/log.ts';
import type { DeliveryRequest, DestinationName } from '../../shared/delivery/destination.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import { destinationKinds } from '../../shared/destinations/destination-kinds.ts';
import { createTableJournal } from '../../shared/journal/table/table-journal.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { bellQueue, leadIdsOfBell, type RingBell } from '../../shared/queues/bell.ts';
import { ringOn } from '../../shared/queues/ring-on.ts';
import { openServices, type Services } from '../../shared/services.ts';
import { sendMessage } from '../../shared/storage/messages.ts';
import { openQueue, openTable } from '../../shared/storage/open-storage.ts';
import type { StorageQueue } from '../../shared/storage/queues/storage-queue.ts';
import { groupCommits } from '../../shared/storage/tables/group-commits.ts';
import { lookIntoTable } from './look-into-table.ts';
import { payload } from './payload.ts';

/** How a destination behaves: an outcome, or something that happens before it. */
export type Behaviour = (request: DeliveryRequest, signal: AbortSignal) => Outcome | Promise<Outcome>;

export const delivered: Outcome = { kind: 'delivered', proof: { id: 'proof', how: 'accepted' } };
export const unavailable: Outcome = { kind: 'transient', code: '503', reason: 'busy' };

/** Settings with which both destinations work. */
export const workingSettings = {
	LEAD_DESTINATIONS: 'email;crm',
	EMAIL_FROM: 'leads@contoso.example',
	EMAIL_TO: 'sales@contoso.example',
	DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
};

let names = 0;

/**
 * The app's own services over real tables and queues (fresh ones each time) with scripted destinations and a clock that stands still until it is moved.
 * Bells are rung into a real queue and heard with `hearBells`.
 */
export async function openApp(connectionString: string, environment: Record<string, string> = workingSettings, kinds = destinationKinds) {
	const storage = { connectionString };
	const suffix = `${process.pid}x${Date.now()}x${++names}`;
	const app = {
		now: 1_790_000_000_000,
		random: 1,
		lines: [] as LogLine[],
		calls: [] as { destination: DestinationName; request: DeliveryRequest }[],
		behaviour: { email: () => delivered, crm: () => delivered } as Record<DestinationName, Behaviour>,
	};
	const queues = new Map<string, Promise<StorageQueue>>();
	const queue = (name: string) => {
		const opened = queues.get(name) ?? openQueue(storage, `${name}-${suffix}`);
		queues.set(name, opened);
		return opened;
	};
	let bell: RingBell | undefined;
	const table = await openTable(storage, `journal${suffix}`);
	const journal = createTableJournal({ ...table, commit: groupCommits(table) }, namesOf(kinds));
	const services: Services = {
		...openServices({ ...environment, AzureWebJobsStorage: connectionString }, kinds),
		clock: () => app.now,
		random: () => app.random,
		deadline: () => AbortSignal.timeout(20_000),
		pause: async () => undefined,
		journal: async () => journal,
		spill: async () => {
			const spilled = await queue(spillQueue);
			return spillTo((text, signal) => sendMessage(spilled, text, { signal }));
		},
		bell: async () => {
			bell ??= ringOn(await queue(bellQueue));
			return bell;
		},
		queue,
		destination: async (name) => ({
			name,
			deliver: async (request, signal) => {
				app.calls.push({ destination: name, request });
				const behave = app.behaviour[name];
				if (!behave) throw new Error(`${name} has no behaviour`);
				return behave(request, signal);
			},
		}),
	};
	const log = (line: LogLine) => void app.lines.push(line);
	const deliveryDeps = { ...services, cooldowns: createCooldowns(services), log };
	return Object.assign(app, {
		services,
		/** The journal's by Azure's own client, for rows that no version of ours would write. */
		table: lookIntoTable(connectionString, `journal${suffix}`),
		/** The same by ours. */
		storageTable: table,
		deliveryDeps,
		sweepDeps: { ...services, log, over: new AbortController().signal },
		events: (event: string) => app.lines.filter((line) => line.event === event),
		/** Posts a payload as the intake takes it; a lead of its own unless it says otherwise. */
		post: async (posted: object = payload({ OfferTitle: `Offer ${++names}` })) => {
			const receipt = { leadId: newLeadId(app.now), receivedAt: app.now, payload: Buffer.from(JSON.stringify(posted)) };
			const answer = await takeReceipt(receipt, { ...services, log });
			return answer.kind === 'taken' ? answer.leadId : receipt.leadId;
		},
		deliver: (leadId: string) => deliverLead(leadId, deliveryDeps),
		find: async (leadId: string) => (await services.journal()).find(leadId, AbortSignal.timeout(20_000)),
		/** Takes every bell that can be heard now; their lead ids. */
		hearBells: async () => {
			const bells = await queue(bellQueue);
			const signal = AbortSignal.timeout(20_000);
			await bells.make(signal);
			const heard: string[] = [];
			for (;;) {
				const messages = await bells.receive({ most: 32, hiddenS: 30 }, signal);
				if (messages.length === 0) return heard;
				for (const message of messages) {
					heard.push(...leadIdsOfBell(Buffer.from(message.text, 'base64').toString()));
					await bells.remove(message, signal);
				}
			}
		},
	});
}

export type App = Awaited<ReturnType<typeof openApp>>;
