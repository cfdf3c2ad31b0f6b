import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Local, startLocal } from '../../sandbox/start/start-local.ts';
import { createTableJournal, journalTable } from '../../shared/journal/table/table-journal.ts';
import { openTable } from '../../shared/storage/open-storage.ts';
import { eventually } from '../support/eventually.ts';
import { payload } from '../support/payload.ts';
import { get } from './get.ts';

describe('a body of another kind, through the library and over a real connection,', () => {
	let local: Local;
	beforeAll(async () => {
		local = await startLocal();
	}, 60_000);
	afterAll(() => local.stop());

	const post = (body: Uint8Array<ArrayBuffer> | ReadableStream, headers: Record<string, string> = {}) =>
		fetch(local.intakeUrl, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
	const json = (OfferTitle: string) => Buffer.from(JSON.stringify(payload({ OfferTitle, UserDetails: { LastName: 'Müller' } })));
	const bytes = (from: Buffer) => new Uint8Array(from);

	it.each<[string, (text: Buffer) => Buffer, string]>([
		['gzip', gzipSync, 'gzip'],
		['bare deflate', deflateRawSync, 'deflate'],
		['br', brotliCompressSync, 'BR'],
		['windows-1252', (text) => Buffer.from(text.toString(), 'latin1'), ''],
	])('reaches sales readable: %s', async (name, encode, header) => {
		const response = await post(bytes(encode(json(name))), header ? { 'content-encoding': header } : {});
		expect(response.status).toBe(202);
		const { leadId } = (await response.json()) as { leadId: string };
		expect((await eventually(() => get.mail(local, leadId)))?.html).toContain('Müller');
	});

	it('is kept with its header when its coding is not known', async () => {
		const response = await post(bytes(Buffer.from('(/\xb5/\xfd', 'latin1')), { 'content-encoding': 'zstd' });
		expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br, identity']);
		const journal = createTableJournal(await openTable({ connectionString: local.storage }, journalTable), []);
		const { items } = await journal.rejections({ since: 0, until: Date.now() + 1000 }, { most: 10 }, AbortSignal.timeout(20_000));
		expect(items).toMatchObject([{ status: 415, contentEncoding: 'zstd' }]);
	});

	it('is answered 413 when it has no end, and the next lead is taken', async () => {
		const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024)) });
		const answer = await post(endless).catch(() => undefined);
		// Whoever still sends may not be there to hear the answer; when it is, that is what it hears.
		if (answer) expect(answer.status).toBe(413);
		expect((await post(bytes(json('next')))).status).toBe(202);
	}, 30_000);
});
