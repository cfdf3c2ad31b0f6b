import { describe, expect, it } from '@jest/globals';
import { causeCode, causeMessage } from '../../../../shared/destinations/http/request-end.ts';

const coded = (code: unknown, message = '', more: object = {}) => Object.assign(new Error(message), { code, ...more });

describe('causeCode', () => {
	it.each([
		['the innermost code', coded('ERR_OUTER', '', { cause: coded('ECONNRESET') }), 'ECONNRESET'],
		['an outer code, when the cause has none', coded('ECONNRESET', '', { cause: new Error('x') }), 'ECONNRESET'],
		['the code of the last address that was tried', new AggregateError([coded('ETIMEDOUT'), coded('ECONNREFUSED')]), 'ECONNREFUSED'],
		['the name, when there is no code', new TypeError('fetch failed'), 'TypeError'],
		['the name, when the code is a number', new DOMException('', 'TimeoutError'), 'TimeoutError'],
		['the name, when the code is somebody’s data', coded('ada@example.com'), 'Error'],
		['nothing', undefined, 'unknown'],
		['text', 'oops', 'unknown'],
	])('is %s', (_, error, code) => {
		expect(causeCode(error)).toBe(code);
	});

	it('ends for an error that is its own cause', () => {
		const error = coded('EPIPE');
		expect(causeCode(Object.assign(error, { cause: error }))).toBe('EPIPE');
	});
});

describe('causeMessage', () => {
	it('says what all of them say', () => {
		expect(causeMessage(coded('', 'fetch failed', { cause: coded('', 'other side closed') }))).toBe('fetch failed: other side closed');
		expect(causeMessage('oops')).toBe('oops');
	});
});
