import { describe, expect, it } from '@jest/globals';
import { toCrmOutcome } from '../../../../shared/destinations/crm/to-crm-outcome.ts';
import type { RequestEnd } from '../../../../shared/destinations/http/request-end.ts';

const answer = (status: number, code = '', message = ''): RequestEnd => ({ stage: 'answer', answer: { status, code, message } });
const answered = (status: number, code = '', look?: RequestEnd) => toCrmOutcome(answer(status, code), 'lead', look);
const decimal = (code: string) => String(Number(code) | 0);
/** As it is documented, in other casing, and as a signed number. */
const spellings = (code: string) => (code ? [code, code.toUpperCase().replace('X', 'x'), code.toLowerCase(), decimal(code)] : ['']);

describe('toCrmOutcome, of an answer', () => {
	it('is delivered by a 204, with the record’s id as its proof', () => {
		expect(answered(204)).toEqual({ kind: 'delivered', proof: { id: 'lead', how: 'created' } });
		expect(answered(201)).toMatchObject({ kind: 'delivered' });
		expect(answered(200)).toMatchObject({ kind: 'transient' });
	});

	it.each([
		[429, '0x80072322'],
		[429, '0x80072321'],
		[429, '0x80072326'],
		[429, ''],
		[503, '0x80072326'],
		[500, '0x80040216'],
		[500, '0x80044150'],
		[500, '0x80044171'],
		[500, '0x80044172'],
		[500, '0x80044173'],
		[500, '0x80081116'],
		[500, ''],
		[502, ''],
		[503, ''],
		[504, ''],
		[599, '0x80040999'],
		[408, ''],
		[412, ''],
		[412, '0x80040237'],
	])('is transient for %i %s', (status, code) => {
		for (const spelt of spellings(code)) {
			const outcome = toCrmOutcome({ stage: 'answer', answer: { status, code: spelt, message: '', retryAfterMs: 3000 } }, 'lead');
			expect(outcome).toMatchObject({ kind: 'transient', code: `${status} ${code.toLowerCase()}`.trim(), retryAfterMs: 3000 });
			expect(outcome).not.toHaveProperty('maybeDone');
		}
	});

	it.each([
		[401, '', ['DATAVERSE_URL', 'AZURE_CLIENT_ID']],
		[403, '0x80040220', ['Create and Read on Lead for AZURE_CLIENT_ID']],
		[403, '0x80072560', ['application user for AZURE_CLIENT_ID']],
		[403, '0x80048306', ['Create and Read on Lead for AZURE_CLIENT_ID']],
		[403, '0x80040231', ['Create and Read on Lead for AZURE_CLIENT_ID']],
		[403, '', ['administration mode of the environment']],
		[403, '0x80095ffc', ['app access control for AZURE_CLIENT_ID']],
		[403, '0x80040225', ['application user for AZURE_CLIENT_ID']],
		[400, '0x80040225', ['application user for AZURE_CLIENT_ID']],
		[500, '0x80040225', ['application user for AZURE_CLIENT_ID']],
		[400, '0x80042f09', ['security role of AZURE_CLIENT_ID']],
		[400, '0x80072560', ['application user for AZURE_CLIENT_ID']],
		[400, '0x80040220', ['Create and Read on Lead for AZURE_CLIENT_ID']],
		[403, '0x8004f502', ['column security profile for AZURE_CLIENT_ID']],
		[400, '0x80040224', ['plug-in of the environment']],
		[404, '0x8006088a', ['DATAVERSE_URL']],
		[404, '', ['DATAVERSE_URL']],
		[302, '', ['DATAVERSE_URL']],
		[405, '', ['DATAVERSE_URL']],
	])('is to be configured for %i %s', (status, code, names) => {
		for (const spelt of spellings(code)) {
			expect(answered(status, spelt)).toMatchObject({ kind: 'configuration', names, remedy: expect.stringMatching(/\S/) });
		}
	});

	it.each([
		[400, '0x80044331'],
		[400, '0x80090429'],
		[400, '0x8004431A'],
		[400, '0x80048d19'],
		[400, '0x80048408'],
		[400, '0x80040265'],
		[404, '0x80040217'],
		[404, '0x80060891'],
		[413, ''],
		[400, '0x80040999'],
		[400, ''],
		[412, '0x80040333'],
		[500, '0x80040333'],
		[400, '0x80040333'],
		[412, '0x80060892'],
		[400, '0x80060892'],
		[500, '0x80044331'],
	])('is permanent for %i %s', (status, code) => {
		for (const spelt of spellings(code)) {
			const outcome = answered(status, spelt);
			expect(outcome).toMatchObject({
				kind: 'permanent',
				code: `${status} ${code.toLowerCase()}`.trim(),
				remedy: expect.stringMatching(/\.$/),
			});
		}
	});

	it('names the setting for a match of a duplicate rule', () => {
		expect(answered(412, '0x80040333')).toMatchObject({ remedy: expect.stringContaining('DATAVERSE_DUPLICATE_DETECTION') });
	});
});

describe('toCrmOutcome, of a look for the record', () => {
	it('is delivered when it is there', () => {
		expect(answered(412, '', answer(200))).toEqual({ kind: 'delivered', proof: { id: 'lead', how: 'existed already' } });
		expect(answered(500, '0x80040237', answer(200))).toMatchObject({ kind: 'delivered' });
	});

	it.each([404, 400, 500, 503, 429, 204])('is transient when it is not found, or nobody knows (%i)', (status) => {
		expect(answered(412, '0x80040237', answer(status))).toMatchObject({
			kind: 'transient',
			code: String(status),
			reason: expect.stringContaining('said that the record exists'),
		});
	});

	it.each([401, 403])('is to be configured when we may not look (%i)', (status) => {
		expect(answered(412, '', answer(status))).toMatchObject({ kind: 'configuration' });
	});

	it('is transient when the look did not end', () => {
		expect(answered(412, '', { stage: 'request', error: new Error('x') })).toMatchObject({ kind: 'transient' });
	});

	it('is not asked for when the answer was clear', () => {
		expect(answered(412, '0x80040333', answer(200))).toMatchObject({ kind: 'permanent' });
		expect(answered(503, '', answer(200))).toMatchObject({ kind: 'transient' });
	});
});

describe('toCrmOutcome, without an answer', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'UND_ERR_SOCKET', 'SOMETHING_NEW'])('is transient after %s', (code) => {
		const error = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('no'), { code }) });
		expect(toCrmOutcome({ stage: 'request', error }, 'lead')).toEqual({
			kind: 'transient',
			code,
			reason: 'Dataverse did not answer: fetch failed: no',
		});
	});

	it('is to be configured when the certificate is not to be trusted', () => {
		const error = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('no'), { code: 'CERT_HAS_EXPIRED' }) });
		expect(toCrmOutcome({ stage: 'request', error }, 'lead')).toMatchObject({ kind: 'configuration', names: ['DATAVERSE_URL'] });
	});
});
