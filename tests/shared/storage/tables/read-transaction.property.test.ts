import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StorageError } from '../../../../shared/storage/account/storage-error.ts';
import { readTransaction } from '../../../../shared/storage/tables/read-transaction.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

/** Thousands of cases cost a second: nothing is asked of anybody. */
const runs = { numRuns: propertyRuns.numRuns * 4 };

interface Sub {
	status: number;
	headers?: string[];
	body?: string;
}

const success: Sub = {
	status: 204,
	headers: ['ETag: W/"datetime\'2026-11-28T21%3A36%3A53.9392212Z\'"', "Location: http://x/journal(PartitionKey='p',RowKey='a'b')"],
};
const refusal = (status: number, code: string, value: string): Sub => ({
	status,
	headers: ['Content-Type: application/json;odata=minimalmetadata;charset=utf-8'],
	body: JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value } } }),
});

/** As the service writes it. */
function toText(subs: Sub[], { line = '\r\n', batch = 'batchresponse_1', set = 'changesetresponse_2', afterBody = '' } = {}): string {
	const parts = subs.map(({ status, headers = [], body = '' }) =>
		[
			`--${set}`,
			'Content-Type: application/http',
			'Content-Transfer-Encoding: binary',
			'',
			`HTTP/1.1 ${status} Words of it`,
			...headers,
			'',
			body,
			'',
		].join(line),
	);
	return [
		`--${batch}`,
		`Content-Type: multipart/mixed; boundary=${set}`,
		'',
		`${parts.join('')}--${set}--${afterBody}`,
		`--${batch}--`,
		'',
	].join(line);
}

const read = (text: string, actions: number, status = 202) => {
	try {
		return readTransaction({ status, headers: createHttpHeaders(), text }, actions) ?? 'committed';
	} catch (error) {
		return error as Error;
	}
};
const isUnknown = (end: unknown) => end instanceof Error && end.name === 'UnprovenAnswer';

const count = fc.integer({ min: 1, max: 12 });
const line = fc.constantFrom('\r\n', '\n');

describe('the answer to a transaction', () => {
	it('is a commit when each action has its success', () => {
		fc.assert(
			fc.property(count, line, fc.constantFrom(200, 201, 204), (actions, line, status) => {
				expect(read(toText(Array(actions).fill({ ...success, status }), { line }), actions)).toBe('committed');
			}),
			runs,
		);
	});

	it('is unknown with a part less or more, or with one that is no success and says nothing', () => {
		fc.assert(
			fc.property(
				count,
				fc.integer({ min: 0, max: 14 }),
				fc.nat(11),
				fc.constantFrom(100, 301, 302, 400, 404, 409, 500, 503),
				(actions, parts, at, status) => {
					if (parts !== actions) expect(isUnknown(read(toText(Array(parts).fill(success)), actions))).toBe(true);
					const subs = Array(actions)
						.fill(success)
						.with(at % actions, { status });
					expect(isUnknown(read(toText(subs), actions))).toBe(true);
				},
			),
			runs,
		);
	});

	it('is unknown when it is cut off anywhere before its end', () => {
		fc.assert(
			fc.property(count, line, fc.nat(), (actions, line, at) => {
				for (const text of [
					toText(Array(actions).fill(success), { line }),
					toText([refusal(409, 'EntityAlreadyExists', '0:x')], { line }),
				]) {
					const whole = text.trimEnd();
					expect(isUnknown(read(whole.slice(0, at % whole.length), actions))).toBe(true);
				}
			}),
			runs,
		);
	});

	it('is a commit after any change only if each action still has its success', () => {
		const edit = fc.record({
			at: fc.nat(),
			drop: fc.nat(60),
			add: fc.oneof(
				fc.string({ maxLength: 8 }),
				fc.constantFrom('\r\n', '\r\n\r\n', '--changesetresponse_2', '--batchresponse_1--', 'HTTP/1.1 204 No Content\r\n', '503', '--'),
			),
		});
		fc.assert(
			fc.property(count, fc.array(edit, { minLength: 1, maxLength: 4 }), (actions, edits) => {
				let text = toText(Array(actions).fill(success));
				for (const { at, drop, add } of edits) text = text.slice(0, at % text.length) + add + text.slice((at % text.length) + drop);
				const end = read(text, actions);
				if (end === 'committed') {
					const parts = text.split(/(?<=\n)--changesetresponse_2/).slice(1, -1);
					expect(parts).toHaveLength(actions);
					for (const part of parts) expect(part).toMatch(/^HTTP\/1\.[01] 2\d\d(?: |\r?$)/m);
					expect(text).toMatch(/--batchresponse_1--\s*$/);
				} else expect(isUnknown(end)).toBe(true);
			}),
			runs,
		);
	});

	it('is a refusal with the row that storage names, and with no other', () => {
		const known = fc.constantFrom<[number, string, string]>(
			[404, 'ResourceNotFound', 'gone'],
			[409, 'EntityAlreadyExists', 'exists'],
			[412, 'UpdateConditionNotSatisfied', 'changed'],
		);
		fc.assert(
			fc.property(count, fc.nat(14), known, line, fc.string(), (actions, row, [status, code, why], line, words) => {
				const end = read(toText([refusal(status, code, `${row}:${words}`)], { line }), actions);
				if (row < actions) expect(end).toEqual({ row, why });
				else expect(end).toMatchObject({ name: 'StorageError', statusCode: status, code, row: undefined });
				const bare = read(toText([refusal(status, code, words.replace(/^\d+:/, ''))], { line }), actions);
				expect(bare).toMatchObject({ name: 'StorageError', statusCode: status, code, row: undefined });
			}),
			runs,
		);
	});

	it.each<[number, string]>([
		[404, 'TableNotFound'],
		[400, 'PropertyValueTooLarge'],
		[413, 'RequestBodyTooLarge'],
		[503, 'ServerBusy'],
		[500, 'InternalError'],
	])('is thrown as storage words it: %i %s, in a part or as a whole', (statusCode, code) => {
		const expected = { name: 'StorageError', statusCode, code, message: '0:words' };
		const { body = '' } = refusal(statusCode, code, '0:words');
		expect(read(toText([refusal(statusCode, code, '0:words')]), 3)).toMatchObject({ ...expected, row: 0 });
		expect(read(body, 3, statusCode)).toMatchObject({ ...expected, row: undefined });
		const beforeTheSet = `--batchresponse_1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 ${statusCode} Words\r\nContent-Type: application/json\r\n\r\n${body}\r\n--batchresponse_1--\r\n`;
		expect(read(beforeTheSet, 3)).toMatchObject({ ...expected, row: 0 });
	});

	it.each<[string, string]>([
		['a page', '<html><body>Please sign in</body></html>'],
		['nothing', ''],
		[
			'one success that is part of no set',
			'--batchresponse_1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--batchresponse_1--\r\n',
		],
		['two sets', `${toText([success]).trimEnd().slice(0, -2)}${toText([success]).slice('--batchresponse_1'.length)}`],
		['a set that goes on behind its end', toText([success], { afterBody: '\r\nmore' })],
		['words behind its end', `${toText([success])}more`],
		['words before its beginning', `more\r\n${toText([success])}`],
		['a list', '[{"status":204}]'],
	])('is unknown when it is %s', (_, text) => {
		expect(isUnknown(read(text, 1))).toBe(true);
	});

	it('of any text and status ends in an answer, a refusal or a doubt', () => {
		const texts = fc.oneof(
			fc.string({ maxLength: 300 }),
			fc.json(),
			fc.constantFrom('{"odata.error":null}', '{"odata.error":{"code":5}}', '<m:code>X</m:code>', 'null'),
		);
		fc.assert(
			fc.property(texts, fc.integer({ min: 100, max: 599 }), (text, status) => {
				const end = read(text, 1, status);
				if (status >= 200 && status < 300) expect(isUnknown(end)).toBe(true);
				else expect(end).toBeInstanceOf(StorageError);
			}),
			runs,
		);
	});

	it('of any length that never fits is read in no time', () => {
		for (const piece of ['--changesetresponse_2\r\n', '\r\n', 'Content-Type: ', '<message', '--', ' ', '\n']) {
			const long = piece.repeat(Math.ceil(500_000 / piece.length));
			const begun = process.cpuUsage();
			for (const status of [202, 500]) {
				read(long, 5, status);
				read(
					`--batchresponse_1\r\nContent-Type: multipart/mixed\r\n\r\n--changesetresponse_2\r\n${long}\r\n--batchresponse_1--`,
					5,
					status,
				);
			}
			// Of the processor: a busy machine is no fault of the reader.
			expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000);
		}
	});
});
