import { describe, expect, it } from '@jest/globals';
import { toEmailOutcome } from '../../../../shared/destinations/email/to-email-outcome.ts';
import type { Answer } from '../../../../shared/destinations/http/answer.ts';

const answered = (status: number, code = '', more: Partial<Answer> = {}) =>
	toEmailOutcome({ stage: 'answer', answer: { status, code, message: '', ...more } }, 'client-request');
const unanswered = (cause: object) =>
	toEmailOutcome({ stage: 'request', error: Object.assign(new TypeError('fetch failed'), { cause }) }, 'client-request');
const casings = (code: string) => [code, code.toLowerCase(), code.toUpperCase()];

describe('toEmailOutcome, of an answer', () => {
	it('is delivered by a 202 alone, with the request id as its proof', () => {
		expect(answered(202, '', { requestId: 'r-1' })).toEqual({ kind: 'delivered', proof: { id: 'r-1', how: 'accepted by Graph' } });
		expect(answered(202)).toMatchObject({ proof: { id: 'client-request' } });
		expect(answered(202, '', { retryAfterMs: 5000 })).toMatchObject({ kind: 'delivered' });
		expect(answered(200)).toMatchObject({ kind: 'transient', maybeDone: true });
	});

	it.each([
		[400, 'ErrorInvalidRecipients', /EMAIL_TO/],
		[400, 'InvalidInternetMessageHeader', /Update/],
		[413, '', /reason/],
		[422, 'UnprocessableEntity', /reason/],
		[400, 'SomethingNew', /reason/],
		[400, '', /reason/],
	])('is permanent for %i %s', (status, code, remedy) => {
		for (const spelt of casings(code)) {
			const outcome = answered(status, spelt);
			expect(outcome).toMatchObject({ kind: 'permanent', code: `${status} ${spelt}`.trim(), remedy: expect.stringMatching(remedy) });
		}
	});

	it.each([
		[401, 'InvalidAuthenticationToken', ['GRAPH_BASE_URL', 'AZURE_CLIENT_ID']],
		[401, '', ['GRAPH_BASE_URL', 'AZURE_CLIENT_ID']],
		[403, 'ErrorAccessDenied', ['Application Mail.Send for EMAIL_FROM']],
		[403, 'ErrorSendAsDenied', ['Application Mail.Send for EMAIL_FROM']],
		[403, '', ['Application Mail.Send for EMAIL_FROM']],
		[404, 'ErrorInvalidUser', ['EMAIL_FROM']],
		[404, 'MailboxNotEnabledForRESTAPI', ['EMAIL_FROM']],
		[404, '', ['EMAIL_FROM']],
		[507, 'ErrorQuotaExceeded', ['quota of EMAIL_FROM']],
		[507, '', ['quota of EMAIL_FROM']],
		[403, 'ErrorQuotaExceeded', ['quota of EMAIL_FROM']],
		[302, '', ['GRAPH_BASE_URL']],
		[405, '', ['GRAPH_BASE_URL']],
		[410, '', ['GRAPH_BASE_URL']],
	])('is to be configured for %i %s', (status, code, names) => {
		for (const spelt of casings(code)) {
			expect(answered(status, spelt)).toMatchObject({ kind: 'configuration', names, remedy: expect.stringMatching(/\.$/) });
		}
	});

	it.each([
		[429, 'ApplicationThrottled'],
		[429, ''],
		[502, ''],
		[503, 'serviceNotAvailable'],
		[408, ''],
		[409, ''],
		[423, ''],
	])('is transient, and surely not sent, for %i %s', (status, code) => {
		for (const spelt of casings(code)) {
			const outcome = answered(status, spelt, { retryAfterMs: 7000 });
			expect(outcome).toMatchObject({ kind: 'transient', retryAfterMs: 7000 });
			expect(outcome).not.toHaveProperty('maybeDone');
		}
	});

	it.each([403, 429, 400, 503])('waits an hour at least when the day’s messages are used up (%i)', (status) => {
		for (const code of casings('ErrorExceededMessageLimit')) {
			expect(answered(status, code)).toMatchObject({ kind: 'transient', retryAfterMs: 3_600_000 });
			expect(answered(status, code, { retryAfterMs: 5000 })).toMatchObject({ kind: 'transient', retryAfterMs: 3_600_000 });
			expect(answered(status, code, { retryAfterMs: 9_000_000 })).toMatchObject({ kind: 'transient', retryAfterMs: 9_000_000 });
			expect(answered(status, code)).not.toHaveProperty('maybeDone');
		}
	});

	it.each([500, 504, 501, 520])('is transient, and may have been sent, for %i', (status) => {
		expect(answered(status, 'ErrorInternalServerError')).toMatchObject({ kind: 'transient', maybeDone: true });
	});

	it('tells what Graph said as the reason', () => {
		expect(answered(403, 'ErrorAccessDenied', { message: 'Access is denied.' })).toMatchObject({
			reason: 'the identity may not send as EMAIL_FROM: Access is denied.',
		});
		expect(answered(403)).toMatchObject({ reason: 'the identity may not send as EMAIL_FROM' });
		expect(answered(500)).toMatchObject({ reason: 'Graph answered 500' });
	});

	it.each([
		[401, 'NoPermissionsInAccessToken', '', ['Mail.Send for AZURE_CLIENT_ID'], /Mail\.Send/],
		[403, 'NoPermissionsInAccessToken', '', ['Mail.Send for AZURE_CLIENT_ID'], /older than the grant/],
		[403, 'ErrorAccessDenied', 'Access to OData is disabled.', ['application access to EMAIL_FROM'], /EwsEnabled/],
		[
			403,
			'ErrorAccessDenied',
			'Access to OData is disabled: Blocked by tenant configured AppOnly AccessPolicy settings. [RAOP]',
			['application access policy for EMAIL_FROM'],
			/ApplicationAccessPolicy/,
		],
		[404, 'ErrorInvalidUser', '', ['EMAIL_FROM'], /primary address or the user principal name/],
		[404, 'MailboxNotEnabledForRESTAPI', '', ['EMAIL_FROM'], /licence/],
		[
			403,
			'ErrorMessageSubmissionBlocked',
			'WASCL UserAction verdict is not None. Actual verdict is Suspend',
			['EMAIL_FROM in the Restricted entities'],
			/Defender/,
		],
		[403, 'ErrorMessageSubmissionBlocked', '', ['EMAIL_FROM in the Restricted entities'], /Defender/],
		[400, 'ErrorAccessDenied', '', ['Application Mail.Send for EMAIL_FROM'], /Application Mail\.Send/],
	])('names the cause and its cure: %i %s %s', (status, code, message, names, words) => {
		const outcome = answered(status, code, { message });
		expect(outcome).toMatchObject({ kind: 'configuration', names });
		expect(JSON.stringify(outcome)).toMatch(words);
	});

	it.each([
		[403, 'ErrorMessageSubmissionBlocked', 'Cannot submit message. WASCL UserAction verdict: TransientError'],
		[400, 'ErrorMessageSubmissionBlocked', 'WASCL … Transient Error'],
		[403, 'ErrorAccessDenied', 'WASCL … TransientError'],
		[400, 'ErrorInvalidRecipients', "A message can't be sent because it contains no recipients."],
		[503, 'MailboxInfoStale', ''],
		[503, 'SystemMemoryProtectionUtilizationAboveLowThreshold', ''],
		[400, 'ErrorServerBusy', ''],
	])('passes by itself, and has sent nothing: %i %s %s', (status, code, message) => {
		const outcome = answered(status, code, { message });
		expect(outcome).toMatchObject({ kind: 'transient' });
		expect(outcome).not.toHaveProperty('maybeDone');
	});
});

describe('toEmailOutcome, without an answer', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
		'is surely not sent after %s',
		(code) => {
			const outcome = unanswered(Object.assign(new Error('no connection'), { code }));
			expect(outcome).toMatchObject({ kind: 'transient', code, reason: 'Graph did not answer: fetch failed: no connection' });
			expect(outcome).not.toHaveProperty('maybeDone');
		},
	);

	it('is surely not sent when every address of a name refused', () => {
		const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
		expect(unanswered(Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' }))).not.toHaveProperty('maybeDone');
	});

	it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'UND_ERR_HEADERS_TIMEOUT', 'SOMETHING_NEW'])('may have been sent after %s', (code) => {
		expect(unanswered(Object.assign(new Error('broken'), { code }))).toMatchObject({ kind: 'transient', code, maybeDone: true });
	});

	it('may have been sent when the time was up', () => {
		const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
		expect(toEmailOutcome({ stage: 'request', error }, '')).toMatchObject({ kind: 'transient', code: 'TimeoutError', maybeDone: true });
	});

	it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'])('is to be configured after %s', (code) => {
		const outcome = unanswered(Object.assign(new Error('not trusted'), { code }));
		expect(outcome).toMatchObject({ kind: 'configuration', code, names: ['GRAPH_BASE_URL'] });
	});

	it('survives an error that is none', () => {
		expect(toEmailOutcome({ stage: 'request', error: undefined }, '')).toMatchObject({
			kind: 'transient',
			code: 'unknown',
			maybeDone: true,
		});
	});
});
