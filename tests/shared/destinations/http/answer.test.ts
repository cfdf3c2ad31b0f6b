import { describe, expect, it } from '@jest/globals';
import { readAnswer } from '../../../../shared/destinations/http/answer.ts';

const read = (body: string | ReadableStream, init: ResponseInit = {}) => readAnswer(new Response(body, { status: 400, ...init }));

describe('readAnswer', () => {
	it('reads what decides an outcome', async () => {
		const headers = { 'retry-after': '2', 'request-id': 'r-1' };
		expect(await read('{"error":{"code":"ErrorX","message":"no"}}', { headers })).toEqual({
			status: 400,
			code: 'ErrorX',
			message: 'no',
			retryAfterMs: 2000,
			requestId: 'r-1',
		});
	});

	it.each(['', '<html>', 'null', '7', '[]', '{}', '{"error":null}', '{"error":"x"}', '{"error":{"code":null,"message":7}}', '{"err'])(
		'keeps the status when the body is %j',
		async (body) => {
			expect(await read(body, { status: 503 })).toEqual({ status: 503, code: '', message: '' });
		},
	);

	it('keeps the status when the body breaks off', async () => {
		const broken = new ReadableStream({ start: (controller) => controller.error(new Error('broken off')) });
		expect(await read(broken, { status: 429, headers: { 'retry-after': '1' } })).toMatchObject({ status: 429, retryAfterMs: 1000 });
	});

	it('reads the code in front of what is cut off, and 64 KiB at most', async () => {
		let asked = 0;
		const ends: string[] = [];
		const endless = new ReadableStream({
			start: (controller) => controller.enqueue(Buffer.from('{"error":{"code":"0x80040220","message":"')),
			pull: (controller) => {
				asked++;
				controller.enqueue(Buffer.alloc(1024, 'x'));
			},
			cancel: () => void ends.push('cancelled'),
		});
		expect(await read(endless, { status: 403 })).toMatchObject({ status: 403, code: '0x80040220' });
		expect(ends).toEqual(['cancelled']);
		expect(asked).toBeLessThan(70);
	});

	it('is not led into depth', async () => {
		expect(await read('[{"a":'.repeat(10_000), { status: 502 })).toEqual({ status: 502, code: '', message: '' });
	});

	it('reads a code that is a number', async () => {
		expect(await read('{"error":{"code":-2147220937}}')).toMatchObject({ code: '-2147220937' });
	});

	it('tells a success that is not the service’s own', async () => {
		const success = (headers: Record<string, string>) => readAnswer(new Response(null, { status: 202, headers }));
		for (const mark of ['request-id', 'client-request-id', 'x-ms-ags-diagnostic', 'x-ms-service-request-id'])
			expect(await success({ [mark]: 'x' })).not.toHaveProperty('isForeign');
		expect(await success({})).toMatchObject({ isForeign: true });
		expect(await success({ 'request-id': 'x', 'content-type': 'text/html' })).toMatchObject({ isForeign: true });
	});

	it('lets go of the body of a success', async () => {
		const ends: string[] = [];
		const endless = new ReadableStream({ cancel: () => void ends.push('cancelled') });
		expect(await read(endless, { status: 202 })).toMatchObject({ status: 202 });
		expect(ends).toEqual(['cancelled']);
	});
});
