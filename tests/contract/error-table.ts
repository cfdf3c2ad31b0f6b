import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sandboxSettings } from '../../sandbox/sandbox-settings.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import type { Destination, DestinationName } from '../../shared/delivery/destination.ts';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import { deliveryRequest } from '../support/delivery-request.ts';
import { startNobody } from '../support/nobody-there.ts';

/** What an answer means; `maybeDone` is transient too. */
export type Meaning = 'permanent' | 'configuration' | 'transient' | 'maybeDone';

/** The errors that a service documents, and where a destination talks to it. */
export interface ErrorTable {
	destination: DestinationName;
	service: 'graph' | 'dataverse';
	/** The setting that holds the service's URL. */
	urlSetting: 'GRAPH_BASE_URL' | 'DATAVERSE_URL';
	/** Where the sandbox shows what has arrived. */
	arrivals: '/mailbox.json' | '/crm.json';
	rows: [status: number, code: string, meaning: Meaning][];
	/** How a code may be written: documented, in other casing, as a number. */
	spellings: (code: string) => string[];
	/** What a status means by itself, when its body says nothing. */
	bare: [status: number, meaning: Meaning][];
	/** What an attempt without an answer means when the service may have done it. */
	unanswered: Meaning;
}

const silentBodies = ['', '<html><body><h1>Bad gateway</h1></body></html>', '{"error":{"code":"","message":""}}', '{"err'];
const identityNames = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'];
const timers = [
	'nextTick',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;
/** A token of a managed identity is good for a day. */
const longerThanTokensMs = 25 * 3_600_000;

/** Every row of a service's table of errors: the destination as the app opens it, with its real client and identity, against the sandbox. */
export function describeErrorTable(table: ErrorTable): void {
	const { destination: name, service, urlSetting, arrivals, rows, spellings, bare, unanswered } = table;
	let sandbox: RunningSandbox;
	let aheadMs = 0;
	const now = Date.now;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clock: () => now() + aheadMs });
	});
	afterEach(() => fetch(`${sandbox.url}/faults`, { method: 'DELETE' }));
	afterAll(async () => {
		for (const name of identityNames) delete process.env[name];
		await sandbox.close();
	});

	const setFault = async (fault: object | string | null, of: string = service) => {
		const response = await fetch(`${sandbox.url}/faults`, { method: 'PUT', body: JSON.stringify({ [of]: fault }) });
		expect(response.status).toBe(200);
	};
	const arrived = async () => ((await (await fetch(sandbox.url + arrivals)).json()) as unknown[]).length;

	/** The library of the identity remembers its tokens and its endpoint: it is loaded anew, with all that stands on it. */
	async function open(settings: Record<string, string> = {}): Promise<Destination> {
		const environment: Record<string, string> = { ...sandboxSettings(sandbox.url), ...settings };
		for (const name of identityNames) process.env[name] = environment[name];
		let opened: Destination | undefined;
		await jest.isolateModulesAsync(async () => {
			const module = jest.requireActual<typeof import('../../shared/services.ts')>('../../shared/services.ts');
			opened = await module.openServices(environment).destination(name);
		});
		if (!opened) throw new Error('the destination was not opened');
		return opened;
	}
	let leads = 0;
	const newRequest = () => deliveryRequest({ leadId: `0199aaaa-bbbb-7ccc-8ddd-${String(++leads).padStart(12, '0')}` });
	const deliver = (destination: Destination, { timeoutMs = 10_000, request = newRequest() } = {}) =>
		destination.deliver(request, AbortSignal.timeout(timeoutMs));
	const meaningOf = (outcome: Outcome) => (outcome.kind === 'transient' && outcome.maybeDone ? 'maybeDone' : outcome.kind);

	describe(`${name}, answered with an error by ${service}`, () => {
		let destination: Destination;
		beforeAll(async () => {
			destination = await open();
		});

		it.each(rows)('%i %s is %s, however the code is written', async (status, code, meaning) => {
			const before = await arrived();
			for (const spelling of spellings(code)) {
				await setFault({ status, code: spelling, retryAfterSeconds: 7 });
				const outcome = await deliver(destination);
				expect([spelling, meaningOf(outcome)]).toEqual([spelling, meaning]);
				expect(outcome).toMatchObject({
					code: expect.stringMatching(new RegExp(`^${status} ${code}$`, 'i')),
					reason: expect.stringMatching(/./),
				});
				if (outcome.kind === 'transient') expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(7000);
			}
			expect(await arrived()).toBe(before);
		});

		it.each(bare)('%i is %s when its body is empty, HTML or cut off', async (status, meaning) => {
			for (const body of silentBodies) {
				await setFault({ status, body });
				const outcome = await deliver(destination);
				expect([body, meaningOf(outcome)]).toEqual([body, meaning]);
				expect(outcome).toMatchObject({ code: String(status) });
			}
		});

		it('works when nothing is wrong', async () => {
			const before = await arrived();
			expect((await deliver(destination)).kind).toBe('delivered');
			expect(await arrived()).toBe(before + 1);
		});
	});

	describe(`${name}, not answered by ${service}`, () => {
		it('says after a reset whether it may have been done', async () => {
			const destination = await open();
			await setFault('reset');
			const outcome = await deliver(destination);
			expect(meaningOf(outcome)).toBe(unanswered);
			expect(outcome).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) });
		});

		it('says the same when it was done, and the answer was lost', async () => {
			const destination = await open();
			const before = await arrived();
			await setFault('lostAnswer');
			expect(meaningOf(await deliver(destination))).toBe(unanswered);
			expect(await arrived()).toBe(before + 1);
		});

		it('ends with its attempt when the service hangs', async () => {
			const destination = await open();
			await deliver(destination);
			await setFault('hang');
			const outcome = await deliver(destination, { timeoutMs: 150 });
			expect(meaningOf(outcome)).toBe(unanswered);
			expect(outcome).toMatchObject({ code: 'TimeoutError' });
		});

		it('knows that nothing was done when nobody listens', async () => {
			const nobody = await startNobody();
			const outcome = await deliver(await open({ [urlSetting]: nobody.root }));
			nobody.close();
			expect(outcome).toMatchObject({ kind: 'transient', code: 'ECONNREFUSED' });
			expect(meaningOf(outcome)).toBe('transient');
		});

		it('knows that nothing was done when the name does not resolve', async () => {
			// A label longer than DNS can carry: no question leaves the machine.
			const outcome = await deliver(await open({ [urlSetting]: `https://${'n'.repeat(64)}.invalid` }));
			expect(outcome).toMatchObject({ kind: 'transient', code: 'ENOTFOUND' });
			expect(meaningOf(outcome)).toBe('transient');
		});
	});

	describe(`${name}, without a good token`, () => {
		it.each([
			['fails', { status: 500 }],
			['is busy', { status: 429 }],
			['breaks off', 'reset'],
			['hangs', 'hang'],
		])('tries again later, knowing that nothing was done, when the token endpoint %s', async (_, fault) => {
			const destination = await open();
			const before = await arrived();
			await setFault(fault, 'identity');
			const outcome = await deliver(destination, { timeoutMs: fault === 'hang' ? 150 : 10_000 });
			expect(outcome).toMatchObject({ kind: 'transient', code: expect.stringMatching(/^token /) });
			expect(meaningOf(outcome)).toBe('transient');
			await setFault(null, 'identity');
			expect((await deliver(destination)).kind).toBe('delivered');
			expect(await arrived()).toBe(before + 1);
		});

		it('tries again later when nobody listens at the token endpoint', async () => {
			const nobody = await startNobody();
			const outcome = await deliver(await open({ IDENTITY_ENDPOINT: `${nobody.root}/identity/token` }));
			nobody.close();
			expect(outcome).toMatchObject({ kind: 'transient', code: expect.stringMatching(/^token /) });
			expect(meaningOf(outcome)).toBe('transient');
		});

		it('is to be configured when the identity is refused', async () => {
			const destination = await open({ AZURE_CLIENT_ID: '5a4db0c5-0000-4000-8000-00000000dead' });
			expect(await deliver(destination)).toMatchObject({ kind: 'configuration', names: ['AZURE_CLIENT_ID'] });
		});

		it('is to be configured when its token has expired, and works again by itself with the next', async () => {
			const destination = await open();
			expect((await deliver(destination)).kind).toBe('delivered');
			aheadMs = longerThanTokensMs;
			try {
				expect(await deliver(destination)).toMatchObject({ kind: 'configuration', code: expect.stringMatching(/^401/) });
				// Our clock comes to agree: the library asks for a new token.
				jest.useFakeTimers({ now: now() + aheadMs, doNotFake: [...timers] });
				expect((await deliver(destination)).kind).toBe('delivered');
			} finally {
				jest.useRealTimers();
				aheadMs = 0;
			}
		});
	});
}
