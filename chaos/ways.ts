import { setTimeout } from 'node:timers/promises';
import type { RunningSandbox } from '../sandbox/start-sandbox.ts';
import { journalReceipt } from '../shared/accept/journal-receipt.ts';
import { readReceipt } from '../shared/accept/read-receipt.ts';
import { newDelivery } from '../shared/delivery/delivery.ts';
import { namesOf } from '../shared/delivery/destination-kind.ts';
import { destinationKinds } from '../shared/destinations/destination-kinds.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import { createTableJournal, journalTable } from '../shared/journal/table/table-journal.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { replayLead } from '../shared/operate/replay-lead.ts';
import { openServices } from '../shared/services.ts';
import { openTable } from '../shared/storage/open-storage.ts';
import { readJournal } from './read-journal.ts';
import type { Stack } from './start-stack.ts';

/** What a way of a lead has at hand. */
export interface World {
	stack: Stack;
	sandbox: RunningSandbox;
	connectionString: string;
	/** Posts the way's payload until it is answered 2xx. */
	post: () => Promise<void>;
}

/** One way a lead can take, whose exchanges are cut one after the other. */
export interface Way {
	name: string;
	payload: { UserDetails: { Email: string } };
	/** Customers whose leads are accepted on this way besides that of the payload. */
	others?: string[];
	settings?: Record<string, string>;
	/** It goes to mail and CRM alone. */
	withoutEndpoint?: true;
	/** Before exchanges are counted. */
	prepare?: (world: World) => Promise<void>;
	run: (world: World) => Promise<void>;
	settled?: (journal: JournaledLead[]) => boolean;
	/** At its end the lead must be gone from the journal. */
	gone?: boolean;
}

const payload = {
	UserDetails: { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@contoso.example', Company: 'Contoso' },
	LeadSource: 'AzureMarketplace',
	ActionCode: 'INS',
	OfferTitle: 'Contoso CRM',
};
/** As a person does whose tool lost its connection: once more. */
async function untilAnswered(act: () => Promise<unknown>): Promise<void> {
	for (;;)
		try {
			return void (await act());
		} catch {
			await setTimeout(200);
		}
}

const signal = () => AbortSignal.timeout(20_000);
const day = 86_400_000;

export const ways: Way[] = [
	{ name: 'lead', payload, run: ({ post }) => post() },
	{
		name: 'together',
		payload,
		others: ['grace@contoso.example', 'mary@contoso.example'],
		withoutEndpoint: true,
		// As the intake does in a burst: accepted at the same moment, and one bell names all of them.
		run: async ({ connectionString }) => {
			const receivedAt = Date.now();
			const services = openServices({ AzureWebJobsStorage: connectionString, LEAD_DESTINATIONS: 'email;crm' });
			const journal = await services.journal();
			const ring = await services.bell();
			const accept = async (email: string) => {
				const body = Buffer.from(JSON.stringify({ ...payload, UserDetails: { ...payload.UserDetails, Email: email } }));
				const receipt = { leadId: newLeadId(receivedAt), receivedAt, payload: body };
				await journalReceipt(receipt, readReceipt(receipt), { journal, settings: services.settings }, signal());
				return receipt.leadId;
			};
			const emails = [payload.UserDetails.Email, 'grace@contoso.example', 'mary@contoso.example'];
			const leadIds = await Promise.all(emails.map(accept));
			await untilAnswered(() => Promise.all(leadIds.map((leadId) => ring(leadId, { signal: signal() }))));
		},
	},
	{
		name: 'duplicate',
		payload,
		run: async ({ post }) => {
			await post();
			await post();
		},
	},
	{
		name: 'retry',
		payload,
		prepare: async ({ sandbox }) => {
			const once = { status: 503, count: 1 };
			await fetch(`${sandbox.url}/faults`, { method: 'PUT', body: JSON.stringify({ graph: once, dataverse: once }) });
		},
		run: ({ post }) => post(),
	},
	{
		name: 'replay',
		payload,
		prepare: async ({ sandbox, connectionString, post }) => {
			// The second one refuses what is tried without Reply-To.
			const refused = { graph: { status: 400, count: 2 } };
			await fetch(`${sandbox.url}/faults`, { method: 'PUT', body: JSON.stringify(refused) });
			await post();
			const isParked = async () => (await readJournal(connectionString)).some(({ deliveries }) => deliveries.email?.state === 'parked');
			while (!(await isParked())) await setTimeout(100);
		},
		run: async ({ stack, connectionString }) => {
			const [lead] = await readJournal(connectionString);
			const services = openServices({ AzureWebJobsStorage: stack.connectionString });
			await untilAnswered(() => replayLead(lead?.leadId ?? '', { destination: 'email', again: false }, services));
			await untilAnswered(() => replayLead(lead?.leadId ?? '', { destination: 'crm', again: true }, services));
		},
		settled: (journal) => journal.every(({ deliveries }) => deliveries.email?.state === 'delivered'),
	},
	{
		name: 'purge',
		payload,
		settings: { LEAD_RETENTION: 'P1D' },
		withoutEndpoint: true,
		gone: true,
		run: async ({ connectionString }) => {
			const receivedAt = Date.now() - 3 * day;
			const journal = createTableJournal(await openTable({ connectionString }, journalTable), namesOf(destinationKinds));
			const leadId = newLeadId(receivedAt);
			await journal.accept(
				{
					leadId,
					receivedAt,
					contentId: 'c'.repeat(64),
					dedupeWindowMs: day,
					payload: Buffer.from(JSON.stringify(payload)),
					summary: {},
					person: 'd'.repeat(64),
					deliveries: { crm: { ...newDelivery(receivedAt), state: 'delivered', attempts: 1 } },
					undecided: false,
				},
				signal(),
			);
		},
	},
];
