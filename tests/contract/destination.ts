import { afterEach, describe, expect, it } from '@jest/globals';
import type { Destination } from '../../shared/delivery/destination.ts';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import type { GetToken } from '../../shared/tokens/open-credential.ts';
import { deliveryRequest } from '../support/delivery-request.ts';
import { startNobody } from '../support/nobody-there.ts';
import { type Reply, type StandIn, startStandIn } from '../support/stand-in.ts';

/** A destination of whatever kind, aimed at a stand-in for its service. */
export interface DestinationBench {
	/** @param root the service's URL */
	open(root: string, getToken: GetToken): Destination;
	/** The same with nothing set. */
	openUnset(getToken: GetToken): Destination;
	/** What the service answers when all is well. */
	success: { status: number; headers?: Record<string, string> };
	/** Whether what may have been done may be done again without doubling anything. */
	repeatable: boolean;
	/** Asks for no token of the app's identity. */
	tokenless?: boolean;
	/** Statuses that are a success whatever the body says; none unless it says otherwise. */
	takes?: number[];
}

const token: GetToken = async () => 'token';
const never = () => new AbortController().signal;
const statuses = [
	200, 206, 301, 302, 307, 308, 400, 401, 403, 404, 405, 408, 409, 413, 418, 422, 429, 500, 501, 502, 503, 504, 507, 520, 599,
];
const bodies = [
	'',
	'<html><h1>Bad gateway</h1></html>',
	'null',
	'[]',
	'"x"',
	'{"error":null}',
	'{"error":"x"}',
	'{"error":{"code":7,"message":{}}}',
	'{"er',
];

/** What every destination promises, through the real client and a real connection. */
export function describeDestination(name: string, bench: DestinationBench): void {
	describe(`${name}, as a destination`, () => {
		const open: StandIn[] = [];
		afterEach(() => {
			for (const standIn of open.splice(0)) standIn.close();
		});
		const start = async (reply: Reply | ((count: number) => Reply)) => {
			const standIn = await startStandIn((_, count) => (typeof reply === 'function' ? reply(count) : reply));
			open.push(standIn);
			return standIn;
		};
		const changes = (standIn: StandIn) => standIn.received.filter(({ method }) => method !== 'GET').length;
		const deliver = (root: string, { signal = never(), getToken = token }: { signal?: AbortSignal; getToken?: GetToken } = {}) =>
			bench.open(root, getToken).deliver(deliveryRequest(), signal);
		const takes = (status: number) => bench.takes?.includes(status) ?? false;
		/** For those that ask for a token. */
		const itAsks = (title: string, test: () => Promise<void>) => void (bench.tokenless || it(title, test));
		const maybeDone = (outcome: Outcome) => outcome.kind === 'transient' && outcome.maybeDone === true;

		it('delivers with one request and a proof that names it', async () => {
			const standIn = await start(bench.success);
			expect(await deliver(standIn.root)).toEqual({
				kind: 'delivered',
				proof: { id: expect.stringMatching(/./), how: expect.any(String) },
			});
			expect(changes(standIn)).toBe(1);
			expect(standIn.received[0]?.headers.authorization).toBe(bench.tokenless ? undefined : 'Bearer token');
		});

		itAsks('asks for a token for the root of its service', async () => {
			const standIn = await start(bench.success);
			const scopes: string[] = [];
			await deliver(standIn.root, { getToken: async (scope) => `token ${scopes.push(scope)}` });
			expect(scopes).toEqual([`${standIn.root}/.default`]);
		});

		it('keeps the status of every answer, whatever its body', async () => {
			let reply: Reply = 'hang';
			const standIn = await start(() => reply);
			for (const status of statuses.filter((status) => !takes(status))) {
				for (const body of bodies) {
					reply = { status, body, headers: { location: 'http://127.0.0.1:9/elsewhere' } };
					const outcome = await deliver(standIn.root);
					expect(outcome.kind).not.toBe('delivered');
					expect(outcome).toMatchObject({ code: expect.stringMatching(new RegExp(`^${status}\\b`)), reason: expect.stringMatching(/./) });
				}
			}
		}, 30_000);

		it.each([200, 302, 307, 308, 401, 403, 404, 429, 500, 502, 503, 504])('makes one request when it is answered %i', async (status) => {
			const standIn = await start({ status, headers: { location: '/elsewhere', 'retry-after': '1' } });
			await deliver(standIn.root);
			expect(standIn.received).toHaveLength(1);
		});

		it('makes one request when the connection breaks, and says that it may have been done', async () => {
			const standIn = await start('reset');
			const outcome = await deliver(standIn.root);
			expect(outcome).toMatchObject({ kind: 'transient', code: 'ECONNRESET' });
			expect(maybeDone(outcome)).toBe(!bench.repeatable);
			expect(standIn.received).toHaveLength(1);
		});

		it('tries again later, knowing that nothing was done, when nobody listens', async () => {
			const nobody = await startNobody();
			const outcome = await deliver(nobody.root);
			nobody.close();
			expect(outcome).toMatchObject({ kind: 'transient', code: 'ECONNREFUSED' });
			expect(maybeDone(outcome)).toBe(false);
		});

		it('tries again later, knowing that nothing was done, when the name does not resolve', async () => {
			const outcome = await deliver('http://nowhere.invalid');
			expect(outcome).toMatchObject({ kind: 'transient', code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
			expect(maybeDone(outcome)).toBe(false);
		});

		it.each([
			['the answer hangs', 'hang' as const],
			['the body of a failure stalls', { status: 500, stalls: true }],
		])('ends when it is aborted while %s', async (_, reply) => {
			const standIn = await start(reply);
			const abort = new AbortController();
			const asked = standIn.asked();
			const ended = deliver(standIn.root, { signal: abort.signal });
			await asked;
			abort.abort(new DOMException('too long', 'TimeoutError'));
			const outcome = await ended;
			expect(outcome).toMatchObject({ kind: 'transient', code: expect.stringMatching(/^(TimeoutError|500)$/) });
			expect(maybeDone(outcome)).toBe(!bench.repeatable);
		});

		itAsks('ends when it is aborted while the token is awaited, and has sent nothing', async () => {
			const standIn = await start(bench.success);
			const abort = new AbortController();
			const ended = deliver(standIn.root, {
				signal: abort.signal,
				getToken: () => {
					abort.abort(new DOMException('too long', 'TimeoutError'));
					return new Promise(() => undefined);
				},
			});
			const outcome = await ended;
			expect(outcome).toMatchObject({ kind: 'transient', code: 'token TimeoutError' });
			expect(maybeDone(outcome)).toBe(false);
			expect(standIn.received).toHaveLength(0);
		});

		itAsks('sends nothing when it is aborted as the token comes', async () => {
			const standIn = await start(bench.success);
			const abort = new AbortController();
			const getToken = async () => {
				abort.abort();
				return 'token';
			};
			const outcome = await deliver(standIn.root, { signal: abort.signal, getToken });
			expect(outcome).toMatchObject({ kind: 'transient', code: 'token AbortError' });
			expect(maybeDone(outcome)).toBe(false);
			expect(standIn.received).toHaveLength(0);
		});

		it('sends nothing when it is aborted before it begins', async () => {
			const standIn = await start(bench.success);
			expect(await deliver(standIn.root, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'transient' });
			expect(standIn.received).toHaveLength(0);
		});

		it('does not wait for the body of a success', async () => {
			const standIn = await start({ ...bench.success, stalls: bench.success.status !== 204 });
			expect((await deliver(standIn.root)).kind).toBe('delivered');
		});

		it.each([200, 400, 403, 404, 429, 500, 503])('reads no endless answer to its end: %i', async (status) => {
			const body = '{"error":{"code":"SomeCode","message":"';
			const standIn = await start({ status, endless: true, body });
			const outcome = await deliver(standIn.root);
			if (takes(status)) expect(outcome.kind).toBe('delivered');
			else expect(outcome).toMatchObject({ code: expect.stringMatching(new RegExp(`^${status}\\b`)) });
			expect(await standIn.cutOff()).toBeLessThan(8 * 1024 * 1024); // what the connection itself holds
		});

		itAsks('says that nothing was done when there is no token', async () => {
			const standIn = await start(bench.success);
			const outcome = await deliver(standIn.root, { getToken: () => Promise.reject(new Error('no identity here')) });
			expect(outcome).toMatchObject({ kind: 'transient', code: 'token Error', reason: expect.stringContaining('no identity here') });
			expect(maybeDone(outcome)).toBe(false);
			expect(standIn.received).toHaveLength(0);
		});

		itAsks('says that the identity is to be mended when it is refused a token', async () => {
			const refused = Object.assign(new Error('unknown client'), { name: 'AuthenticationError', statusCode: 400 });
			const outcome = await deliver('http://127.0.0.1:9', { getToken: () => Promise.reject(refused) });
			expect(outcome).toMatchObject({ kind: 'configuration', names: ['AZURE_CLIENT_ID'], remedy: expect.stringMatching(/./) });
		});

		it('says which setting is missing, and calls nobody', async () => {
			const outcome = await bench.openUnset(() => Promise.reject(new Error('asked'))).deliver(deliveryRequest(), never());
			expect(outcome).toMatchObject({ kind: 'configuration', code: 'settings', names: [expect.stringMatching(/^[A-Z_]+$/)] });
		});

		it.each([
			['in seconds', { 'retry-after': '120' }],
			['as a date', { 'retry-after': 'Mon, 23 Nov 2026 10:02:00 GMT', date: 'Mon, 23 Nov 2026 10:00:00 GMT' }],
		])('passes on how long it was asked to wait, %s', async (_, headers) => {
			const standIn = await start({ status: 429, headers });
			expect(await deliver(standIn.root)).toMatchObject({ kind: 'transient', retryAfterMs: 120_000 });
		});

		it('puts nothing of the lead into a code', async () => {
			const { lead } = deliveryRequest();
			const values = Object.values(lead).filter((value) => typeof value === 'string' && value.length > 3);
			let reply: Reply = 'hang';
			const standIn = await start(() => reply);
			for (const status of [400, 403, 404, 412, 500]) {
				for (const code of [lead.email, lead.phone, `${lead.firstName} ${lead.lastName}`, lead.description]) {
					reply = { status, body: JSON.stringify({ error: { code, message: JSON.stringify(lead) } }) };
					const outcome = await deliver(standIn.root);
					for (const value of values) expect(outcome).not.toMatchObject({ code: expect.stringContaining(String(value)) });
				}
			}
		});

		it('leaves the lead as it is', async () => {
			const standIn = await start(bench.success);
			const request = deepFreeze(deliveryRequest({ lead: { campaign: [{ name: 'a', value: 'b' }] } }));
			expect((await bench.open(standIn.root, token).deliver(request, never())).kind).toBe('delivered');
		});
	});
}

function deepFreeze<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null && !(value instanceof Date))
		for (const member of Object.values(value)) deepFreeze(member);
	return Object.freeze(value);
}
