import { describe, expect, it } from '@jest/globals';
import { ringDue } from '../../../shared/delivery/ring-due.ts';

/** A journal with a thousand due leads, and so many bells that wait already. */
function withBells(waiting: number) {
	const rung: string[] = [];
	const tickets = async (_list: string, { most }: { most: number }) =>
		Array.from({ length: Math.min(most, 1000) }, (_, index) => ({ time: index, id: `lead${index}`, receivedAt: 0 }));
	const services = {
		journal: async () => ({ tickets }),
		bell: async () => async (leadId: string) => void rung.push(leadId),
		queue: async () => ({ getProperties: async () => ({ approximateMessagesCount: waiting }) }),
		deadline: () => new AbortController().signal,
	};
	return { rung, services: services as never };
}

describe('ringing for what is due', () => {
	it.each([
		[0, 500],
		[400, 100],
		[500, 0],
		[7500, 0],
	])('with %d bells waiting rings %d more, so that bells never multiply', async (waiting, expected) => {
		const { rung, services } = withBells(waiting);
		expect(await ringDue(['crm'], 1, services)).toBe(expected);
		expect(rung).toEqual(Array.from({ length: expected }, (_, index) => `lead${index}`));
	});
});
