import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StorageError } from '../../../shared/storage/account/storage-error.ts';
import type { StorageAnswer, StorageLine } from '../../../shared/storage/account/storage-line.ts';
import { openStorageQueue } from '../../../shared/storage/queues/storage-queue.ts';
import { openStorageTable } from '../../../shared/storage/tables/storage-table.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const signal = new AbortController().signal;
const key = { partitionKey: 'p', rowKey: 'r' };
const receipt = { messageId: '00000000-0000-4000-8000-000000000000', popReceipt: 'AAAA' };

/** A line on which the same answer comes to everything. */
const lineOf = (status: number, text = '', headers: Record<string, string> = {}): StorageLine => ({
	url: 'https://contoso',
	ask: async (): Promise<StorageAnswer> => ({ status, text, headers: createHttpHeaders(headers) }),
});

const calls: Record<string, (line: StorageLine) => Promise<unknown>> = {
	'a transaction': (line) => {
		const table = openStorageTable(line, 'journal');
		return table.send(table.prepare([['create', key]]), signal);
	},
	'a row that is read': (line) => openStorageTable(line, 'journal').read(key, signal),
	'a range': (line) => openStorageTable(line, 'journal').readRange({ partitionKey: 'p', from: 'a', to: 'z' }, { most: 5 }, signal),
	'a row that is removed': (line) => openStorageTable(line, 'journal').remove({ ...key, etag: '"1"' }, signal),
	'a table that is made': (line) => openStorageTable(line, 'journal').make(signal),
	'a message that is sent': (line) => openStorageQueue(line, 'bells').send('x', {}, signal),
	'messages that are received': (line) => openStorageQueue(line, 'bells').receive({ most: 1, hiddenS: 1 }, signal),
	'messages that are looked at': (line) => openStorageQueue(line, 'bells').peek({ most: 1 }, signal),
	'a message that is hidden': (line) => openStorageQueue(line, 'bells').hide(receipt, 1, signal),
	'a message that is removed': (line) => openStorageQueue(line, 'bells').remove(receipt, signal),
	'a queue that is cleared': (line) => openStorageQueue(line, 'bells').clear(signal),
	'a queue that is counted': (line) => openStorageQueue(line, 'bells').count(signal),
	'a queue that is made': (line) => openStorageQueue(line, 'bells').make(signal),
};
const names = Object.keys(calls);
const end = async (name: string, ...answer: Parameters<typeof lineOf>) => calls[name]?.(lineOf(...answer)).catch((error) => error);

/** By which a success has no body: nothing else can be asked of its answer. */
const bare: Record<string, number[]> = {
	'a row that is removed': [204],
	'a table that is made': [204],
	'a message that is removed': [204],
	'a queue that is cleared': [204],
	'a queue that is made': [201, 204],
};

describe.each(names)('%s', (name) => {
	it.each([200, 201, 202, 204, 206])('is not believed for the status %i alone, nor with a page or half an answer', async (status) => {
		if (bare[name]?.includes(status)) return;
		const page = '<html><body>Please sign in</body></html>';
		for (const text of ['', page, '{"value":[', '<QueueMessagesList>', '{}', 'null', '[]', '"x"', '{"value":[null]}', '{"value":{}}'])
			expect([text, await end(name, status, text)]).toEqual([text, expect.objectContaining({ name: 'UnprovenAnswer' })]);
	});

	it.each([301, 302, 307, 400, 401, 403, 404, 405, 407, 409, 412, 413, 429, 500, 502, 503, 504])(
		'fails at %i without a code of storage',
		async (status) => {
			for (const text of ['', '<html>no</html>', '{"error":{"code":"x"}}', '{"odata.error":'])
				expect(await end(name, status, text)).toMatchObject({ name: 'StorageError', statusCode: status, code: undefined });
		},
	);

	it('tells storage’s own code and words, from wherever they stand', async () => {
		const forms: [string, Record<string, string>][] = [
			['{"odata.error":{"code":"AuthorizationFailure","message":{"lang":"en-US","value":"words"}}}', {}],
			['\uFEFF<?xml version="1.0"?><Error><Code>AuthorizationFailure</Code><Message>words</Message></Error>', {}],
			['<m:error xmlns:m="x"><m:code>AuthorizationFailure</m:code><m:message xml:lang="en">words</m:message></m:error>', {}],
			['', { 'x-ms-error-code': 'AuthorizationFailure' }],
		];
		for (const [text, headers] of forms)
			expect(await end(name, 403, text, headers)).toMatchObject({
				statusCode: 403,
				code: 'AuthorizationFailure',
				message: text ? 'words' : expect.stringContaining('403'),
			});
	});

	it('ends in an answer, a refusal or a doubt, whatever comes', async () => {
		const texts = fc.oneof(
			fc.string({ maxLength: 200 }),
			fc.json(),
			fc
				.record({
					PartitionKey: fc.constant('p'),
					RowKey: fc.constant('r'),
					'odata.etag': fc.constant('"1"'),
					n: fc.string(),
					'n@odata.type': fc.constantFrom('Edm.Int64', 'Edm.DateTime', 'Edm.Binary', 'Edm.Guid', 'Edm.New'),
				})
				.map((row) => JSON.stringify({ ...row, value: [row] })),
		);
		await fc.assert(
			fc.asyncProperty(texts, fc.constantFrom(200, 201, 202, 204, 302, 403, 404, 500), async (text, status) => {
				const ended = await end(name, status, text);
				if (ended instanceof Error) expect(ended instanceof StorageError || ended.name === 'UnprovenAnswer').toBe(true);
			}),
			propertyRuns,
		);
	});
});

describe('what is read of a table', () => {
	const row = (more: object) => JSON.stringify({ PartitionKey: 'p', RowKey: 'r', 'odata.etag': '"1"', ...more });

	it.each([
		['another row', row({ RowKey: 's' })],
		['a row of another partition', row({ PartitionKey: 'q' })],
		['a row without its version', row({ 'odata.etag': undefined })],
		['a row whose number is none', row({ 'n@odata.type': 'Edm.Int64', n: 'x' })],
	])('is not believed when it is %s', async (_, text) => {
		expect(await end('a row that is read', 200, text)).toMatchObject({ name: 'UnprovenAnswer' });
	});

	it('is no range when a row lies outside of it', async () => {
		for (const RowKey of ['A', 'z', 'zz'])
			expect(await end('a range', 200, JSON.stringify({ value: [JSON.parse(row({})), JSON.parse(row({ RowKey }))] }))).toMatchObject({
				name: 'UnprovenAnswer',
			});
	});

	it('goes on behind an empty page, to where the last one ends', async () => {
		const pages = [
			[[], { 'x-ms-continuation-nextpartitionkey': '1!p', 'x-ms-continuation-nextrowkey': 'a b' }],
			[[JSON.parse(row({}))], { 'x-ms-continuation-nextpartitionkey': '1!q' }],
			[[JSON.parse(row({ RowKey: 's' }))], {}],
		] as const;
		const asked: (string | undefined)[] = [];
		const line: StorageLine = {
			url: 'https://contoso',
			ask: async ({ query }) => {
				const [value, headers] = pages[asked.push(query) - 1] ?? [[], {}];
				return { status: 200, text: JSON.stringify({ value }), headers: createHttpHeaders(headers) };
			},
		};
		const rows = await openStorageTable(line, 'journal').readRange({ partitionKey: 'p', from: 'a', to: 'z' }, { most: 5 }, signal);
		expect(rows.map(({ rowKey }) => rowKey)).toEqual(['r', 's']);
		expect(asked.map((query) => query?.replace(/\$filter=[^&]*&?/, ''))).toEqual([
			'$top=5&',
			'$top=5&NextPartitionKey=1!p&NextRowKey=a%20b',
			'$top=4&NextPartitionKey=1!q',
		]);
	});
});
