import { takeReceipt } from '../LeadIntake/take-receipt.ts';
import { namesOf } from '../shared/delivery/destination-kind.ts';
import { createTableJournal } from '../shared/journal/table/table-journal.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { openServices, type Services } from '../shared/services.ts';
import type { StorageTable } from '../shared/storage/tables/storage-table.ts';
import { leadPayload } from './lead-payload.ts';

export interface HandlerCost {
	perSecond: number;
	/** Of the processor, a lead. */
	cpuMs: number;
	/** Of these, what is left without storage's client. */
	ownCpuMs: number;
}

/** The intake's own code and storage's client, without the host's HTTP: what a lead costs wherever it runs. */
export async function bareHandler({
	connectionString,
	connections,
	leads,
}: {
	connectionString: string;
	connections: number;
	leads: number;
}): Promise<HandlerCost> {
	const services = openServices({ AzureWebJobsStorage: connectionString, LEAD_DESTINATIONS: 'email;crm' });
	const table = { commit: async () => undefined } as unknown as StorageTable;
	const withoutSdk: Services = {
		...services,
		journal: async () => createTableJournal(table, namesOf(services.settings.kinds)),
		bell: async () => async () => undefined,
	};
	const run = async (on: Services, amount: number, first: number): Promise<{ perSecond: number; cpuMs: number }> => {
		let number = first;
		const next = async () => {
			while (number < first + amount) {
				const receivedAt = Date.now();
				const receipt = { leadId: newLeadId(receivedAt), receivedAt, payload: Buffer.from(leadPayload(number++)) };
				const answer = await takeReceipt(receipt, { ...on, log: () => undefined });
				if (answer.kind !== 'taken') throw new Error(`the intake answered ${answer.kind}`);
			}
		};
		const [begun, before] = [performance.now(), process.cpuUsage()];
		await Promise.all(Array.from({ length: connections }, next));
		const { user, system } = process.cpuUsage(before);
		return { perSecond: (amount / (performance.now() - begun)) * 1000, cpuMs: (user + system) / 1000 / amount };
	};
	await run(services, Math.min(500, leads), 1);
	const whole = await run(services, leads, 1e6);
	const { cpuMs: ownCpuMs } = await run(withoutSdk, leads, 2e6);
	return { ...whole, ownCpuMs };
}
