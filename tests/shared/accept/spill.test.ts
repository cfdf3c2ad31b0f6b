import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { fromSpillMessage, spillTo } from '../../../shared/accept/spill.ts';
import { newLeadId, timeOfLeadId } from '../../../shared/lead/lead-id.ts';
import { sendMessage } from '../../../shared/storage/messages.ts';
import type { StorageQueue } from '../../../shared/storage/queues/storage-queue.ts';

const now = 1_790_000_000_000;
const day = 24 * 3_600_000;
const leadId = newLeadId(now);
const message = { v: 1, leadId, receivedAt: now, payload: Buffer.from('{}').toString('base64'), contentType: 'application/json' };
const read = (more: object = {}) => fromSpillMessage(JSON.stringify({ spill: { ...message, ...more } }), now);

describe('a message of the spill', () => {
	it('is read as the receipt that it holds', () => {
		expect(read()).toEqual({ leadId, receivedAt: now, payload: Buffer.from('{}'), contentType: 'application/json' });
	});

	it('is read as the receipt that was spilled, whatever it came with', async () => {
		const receipt = {
			leadId,
			receivedAt: now,
			payload: gzipSync('{"Email":"x@example.com"}'),
			contentType: 'application/json',
			contentEncoding: 'gzip',
			truncated: true,
			late: true,
		};
		const sent: string[] = [];
		const queue = { send: async (text: string) => void sent.push(text) } as unknown as StorageQueue;
		await spillTo((text, signal) => sendMessage(queue, text, { signal }))(receipt, AbortSignal.timeout(20_000)).catch(() => undefined);
		expect(fromSpillMessage(Buffer.from(sent[0] ?? '', 'base64').toString(), now)).toEqual(receipt);
	});

	it('fits a message of the queue with the longest payload and headers', async () => {
		const receipt = {
			leadId,
			receivedAt: now,
			payload: Buffer.alloc(32 * 1024, 255),
			contentType: '\u0001'.repeat(999),
			contentEncoding: '"'.repeat(999),
		};
		const sent: string[] = [];
		const queue = { send: async (text: string) => void sent.push(text) } as unknown as StorageQueue;
		await spillTo((text, signal) => sendMessage(queue, text, { signal }))(receipt, AbortSignal.timeout(20_000)).catch(() => undefined);
		expect(sent[0]?.length).toBeLessThanOrEqual(64 * 1024);
	});

	it('may be of a newer version, and of a clock that differs', () => {
		expect(read({ v: 2, later: 'unknown', receivedAt: now + day })).toMatchObject({ leadId, receivedAt: now + day });
	});

	it.each([
		{ receivedAt: 1e300 },
		{ receivedAt: 8.64e15 },
		{ receivedAt: now + day + 1 },
		{ receivedAt: -1 },
		{ receivedAt: 0.5 },
		{ receivedAt: '2026-11-23' },
		{ receivedAt: null },
		{ leadId: 'x' },
		{ leadId: undefined },
		{ leadId: '0190a0b0-c0d0-4000-8000-000000000001' },
		{ leadId: newLeadId(now + 2 * day) },
		{ leadId: newLeadId(now + 400 * day), receivedAt: now + 400 * day },
	])('is a receipt of now with %j, as its sender was answered 202', (wrong) => {
		const receipt = read(wrong);
		expect(receipt).toMatchObject({ receivedAt: now, payload: Buffer.from('{}'), contentType: 'application/json' });
		expect(receipt?.leadId).not.toBe(leadId);
		expect(timeOfLeadId(receipt?.leadId ?? '')).toBe(now);
	});

	it('is none of ours without a payload', () => {
		for (const payload of [7, null, undefined]) expect(read({ payload })).toBeUndefined();
	});

	it.each(['', 'somebody was here', 'null', '[]', '{}', '{"spill":null}'])('is none of ours when it is %j', (text) => {
		expect(fromSpillMessage(text, now)).toBeUndefined();
	});
});
