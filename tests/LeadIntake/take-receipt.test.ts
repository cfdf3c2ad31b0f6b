import { once } from 'node:events';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { toResponse } from '../../LeadIntake/receive-lead.ts';
import { type IntakeDeps, takeReceipt } from '../../LeadIntake/take-receipt.ts';
import type { Receipt } from '../../shared/accept/read-receipt.ts';
import type { LogLine } from '../../shared/basics/log.ts';
import type { NewLead, RejectedPayload } from '../../shared/journal/entries.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';

const receivedAt = 1_790_000_000_000;
const leadId = '0190a0b0-c0d0-7000-8000-000000000001';
const receipt = (text: string, more: Partial<Receipt> = {}): Receipt => ({ leadId, receivedAt, payload: Buffer.from(text), ...more });
const lead = receipt('{"OfferTitle":"Contoso","UserDetails":{"Email":"someone@contoso.com"}}');
const never = () => new Promise<never>(() => undefined);
const broken = () => Promise.reject(Object.assign(new Error('secret detail'), { statusCode: 503 }));

/** An intake on which everything works; each test breaks one thing. */
function workingIntake(more: Partial<IntakeDeps> = {}) {
	const accepted: NewLead[] = [];
	const spilled: Receipt[] = [];
	const rung: string[] = [];
	const lines: LogLine[] = [];
	const deps: IntakeDeps = {
		settings: readSettings({ LEAD_DESTINATIONS: 'email' }),
		journal: async () => ({
			accept: async (lead) => {
				accepted.push(lead);
				return { status: 'accepted', leadId: lead.leadId, receivedAt: lead.receivedAt };
			},
			reject: async () => 'kept',
		}),
		spill: async () => async (receipt) => void spilled.push(receipt),
		bell: async () => async (id) => void rung.push(id),
		// Time is over at once for whoever waits for ever.
		deadline: () => AbortSignal.timeout(20),
		log: (line) => lines.push(line),
		...more,
	};
	return { deps, accepted, spilled, rung, lines };
}

describe('taking a receipt', () => {
	it('journals the lead, rings, answers 202', async () => {
		const { deps, accepted, rung } = workingIntake();
		const body = JSON.stringify({ leadId, status: 'accepted', receivedAt: '2026-09-21T14:13:20.000Z' });
		expect(toResponse(await takeReceipt(lead, deps))).toMatchObject({
			status: 202,
			headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
			body,
		});
		expect(accepted).toMatchObject([{ leadId, deliveries: { email: { state: 'pending', due: receivedAt } }, undecided: false }]);
		expect(rung).toEqual([leadId]);
	});

	it.each([
		['fails', { bell: broken }],
		['hangs', { bell: async () => never }],
	])('answers 202 when the bell %s', async (_, more) => {
		const { deps, lines } = workingIntake(more);
		expect(await takeReceipt(lead, deps)).toMatchObject({ kind: 'taken', status: 'accepted' });
		expect(lines).toMatchObject([{ event: 'lead.accepted', bell: expect.stringMatching(/503|TimeoutError/) }]);
	});

	it('answers 202 before a slow bell has rung, and lets it ring', async () => {
		const rung = new Promise<AbortSignal>((resolve) => {
			const bell =
				async () =>
				async (_: string, { signal }: { signal: AbortSignal }) => {
					await answered;
					resolve(signal);
				};
			const { deps } = workingIntake({ bell, deadline: (ms) => AbortSignal.timeout(ms === 500 ? 0 : 10_000) });
			const answered = takeReceipt(lead, deps);
		});
		expect((await rung).aborted).toBe(false);
	});

	it.each([
		['refuses', { journal: broken }],
		['hangs', { journal: async () => ({ accept: never, reject: never }) }],
	])('spills and answers 202 when the journal %s', async (_, more) => {
		const { deps, spilled } = workingIntake(more);
		expect(await takeReceipt(lead, deps)).toEqual({ kind: 'taken', status: 'accepted', leadId, receivedAt });
		expect(spilled).toEqual([lead]);
	});

	it('answers 503 with Retry-After when neither can be written', async () => {
		const { deps, lines } = workingIntake({ journal: broken, spill: async () => never });
		expect(toResponse(await takeReceipt(lead, deps))).toMatchObject({
			status: 503,
			headers: { 'retry-after': '30', 'content-type': 'application/problem+json' },
		});
		expect(lines).toMatchObject([{ event: 'lead.unaccepted', level: 'error', id: leadId }]);
		expect(JSON.stringify(lines)).not.toContain('secret detail');
	});

	it('rejects what is no lead, lists the issues, and keeps it', async () => {
		const { deps } = workingIntake();
		expect(toResponse(await takeReceipt(receipt('[]'), deps))).toMatchObject({
			status: 400,
			body: expect.stringContaining('"pointer":""'),
		});
		expect(toResponse(await takeReceipt(receipt('{"a', { truncated: true }), deps))).toMatchObject({ status: 413 });
	});

	it('says that what is no lead was only counted, with the same status', async () => {
		const { deps } = workingIntake();
		const { accept } = await deps.journal();
		const full = { ...deps, journal: async () => ({ accept, reject: async () => 'counted' as const }) };
		expect(toResponse(await takeReceipt(receipt('[]'), full))).toMatchObject({
			status: 400,
			body: expect.stringContaining('counted, but not stored'),
		});
		expect(toResponse(await takeReceipt(receipt('{"a', { truncated: true }), full))).toMatchObject({ status: 413 });
	});

	const json = lead.payload;
	it.each<[string, Partial<Receipt>]>([
		['in gzip', { payload: gzipSync(json), contentEncoding: 'gzip' }],
		['in br within deflate', { payload: deflateSync(brotliCompressSync(json)), contentEncoding: 'BR, Deflate' }],
		['in gzip that nobody declared', { payload: gzipSync(json) }],
		['as it is, declared to be gzip', { payload: json, contentEncoding: 'gzip' }],
		['whole, although its sender did not end it', { payload: json, late: true }],
	])('accepts a lead that comes %s, and keeps it as any version of the app can read it', async (_, how) => {
		const { deps, accepted } = workingIntake();
		expect(await takeReceipt({ ...lead, ...how }, deps)).toMatchObject({ kind: 'taken', status: 'accepted' });
		expect(Buffer.from(accepted[0]?.payload ?? []).toString()).toBe(json.toString());
	});

	it.each<[number, Partial<Receipt>]>([
		[415, { payload: Buffer.from('(/\xb5/\xfd', 'latin1'), contentEncoding: 'zstd' }],
		[413, { payload: gzipSync(Buffer.alloc(100_000, ' ')), contentEncoding: 'gzip' }],
		[400, { payload: Buffer.from('rubbish'), contentEncoding: 'gzip' }],
		[408, { payload: json.subarray(0, -1), late: true }],
		[408, { payload: gzipSync(json).subarray(0, 20), contentEncoding: 'gzip', late: true }],
	])('answers %i, and keeps what came as it came, with its header: %j', async (status, how) => {
		const rejected: RejectedPayload[] = [];
		const { deps, lines } = workingIntake({
			journal: async () => ({
				accept: never,
				reject: async (payload) => {
					rejected.push(payload);
					return 'kept' as const;
				},
			}),
		});
		const response = toResponse(await takeReceipt({ ...lead, ...how }, deps));
		const length = String(Buffer.byteLength(String(response.body)));
		expect(response).toMatchObject({ status, headers: { 'content-type': 'application/problem+json', 'content-length': length } });
		expect(Object(response.headers)['accept-encoding']).toBe(status === 415 ? 'gzip, deflate, br, identity' : undefined);
		const { contentEncoding } = how;
		expect(rejected).toEqual([
			expect.objectContaining({ id: leadId, status, payload: how.payload, ...(contentEncoding && { contentEncoding }) }),
		]);
		expect(lines).toMatchObject([{ event: 'lead.rejected', status }]);
	});

	it('says that it had to guess the charset, whether it is a lead or not', async () => {
		for (const text of ['{"Email":"zo\xeb@example.com"}', 'zo\xeb']) {
			const { deps, lines } = workingIntake();
			await takeReceipt({ ...lead, payload: Buffer.from(text, 'latin1') }, deps);
			expect(lines).toContainEqual({ event: 'charset.guessed', level: 'warn', id: leadId, charset: 'windows-1252' });
		}
	});

	it('spills what is no lead while it cannot be journaled, and answers 503 when it cannot be kept at all', async () => {
		const { deps, spilled } = workingIntake({ journal: broken });
		expect(await takeReceipt(receipt('[]'), deps)).toMatchObject({ kind: 'rejected', status: 400 });
		expect(spilled).toMatchObject([{ refused: true }]);
		expect(await takeReceipt(receipt('[]'), workingIntake({ journal: broken, spill: broken }).deps)).toEqual({ kind: 'unavailable' });
	});

	it('spills what a defect of ours keeps from being read: the next version may read it', async () => {
		const { deps, spilled, lines } = workingIntake();
		const unreadable = receipt('{"OfferTitle":"Contoso"}', { contentType: 5 as unknown as string });
		expect(await takeReceipt(unreadable, deps)).toMatchObject({ kind: 'taken', status: 'accepted' });
		expect(spilled).toEqual([unreadable]);
		expect(lines).toMatchObject([{ event: 'lead.accepted', spilled: true, failed: [expect.stringContaining('journal: TypeError')] }]);
	});

	it('answers duplicate when the journal knows it only just in time', async () => {
		const accept = async (_: NewLead, signal: AbortSignal) => {
			await once(signal, 'abort'); // counting the duplicate took all its time
			return { status: 'duplicate', leadId, receivedAt } as const;
		};
		const { deps, spilled } = workingIntake({
			journal: async () => ({ accept, reject: async () => 'kept' as const }),
			deadline: (ms) => (ms > 3000 ? new AbortController().signal : AbortSignal.timeout(5)),
		});
		expect(await takeReceipt(lead, deps)).toMatchObject({ kind: 'taken', status: 'duplicate' });
		expect(spilled).toEqual([]);
	});

	it('takes a lead that goes nowhere yet without ringing', async () => {
		const { deps, accepted, rung } = workingIntake({ settings: readSettings({}) });
		await takeReceipt(lead, deps);
		await takeReceipt(receipt('{"ActionCode":"DNC","OfferTitle":"x"}'), {
			...deps,
			settings: readSettings({ LEAD_DESTINATIONS: 'email' }),
		});
		expect(accepted).toMatchObject([
			{ deliveries: {}, undecided: true },
			{ deliveries: {}, undecided: false, journalOnly: 'do not contact' },
		]);
		expect(rung).toEqual([]);
	});

	it('gives a lead without e-mail and phone a window of one minute', async () => {
		const { deps, accepted } = workingIntake();
		await takeReceipt(receipt('{"OfferTitle":"x"}'), deps);
		await takeReceipt(lead, deps);
		expect(accepted.map(({ dedupeWindowMs }) => dedupeWindowMs)).toEqual([60_000, 86_400_000]);
	});
});
