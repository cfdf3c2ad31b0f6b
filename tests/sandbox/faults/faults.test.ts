import { describe, expect, it } from '@jest/globals';
import { openSandbox, validLead, validMail } from '../open-sandbox.ts';

const causeOf = async (request: Promise<Response>) => {
	const error = await request.then(
		() => undefined,
		(reason: Error) => reason,
	);
	return (error?.cause as { code?: string } | undefined)?.code;
};

describe('PUT /faults', () => {
	it('makes a service answer with a status, its usual code, and Retry-After', async () => {
		const { setFaults, sendMail, dataverse } = await openSandbox();
		await setFaults({ graph: { status: 503, retryAfterSeconds: 5, share: 1 } });
		const mail = await sendMail(validMail());
		const { error } = (await mail.json()) as { error: { code: string } };
		expect([mail.status, mail.headers.get('retry-after'), error.code]).toEqual([503, '5', 'ServiceUnavailable']);
		expect((await dataverse('WhoAmI')).status).toBe(200);
	});

	it.each([
		['graph', { status: 403 }, 403, 'ErrorAccessDenied'],
		['graph', { status: 404, code: 'MailboxNotEnabledForRESTAPI' }, 404, 'MailboxNotEnabledForRESTAPI'],
		['graph', { status: 429 }, 429, 'ApplicationThrottled'],
		['dataverse', { status: 403, code: '0x80072560' }, 403, '0x80072560'],
		['dataverse', { status: 403 }, 403, '0x80040220'],
		['dataverse', { status: 404 }, 404, '0x8006088a'],
		['dataverse', { status: 500 }, 500, '0x80040216'],
	])('lets %s say %j', async (service, fault, status, code) => {
		const { setFaults, sendMail, dataverse } = await openSandbox();
		await setFaults({ [service]: fault });
		const response = await (service === 'graph' ? sendMail(validMail()) : dataverse('leads', { method: 'POST', body: validLead() }));
		const { error } = (await response.json()) as { error: { code: string; message: string } };
		expect([response.status, error.code, error.message.length > 0]).toEqual([status, code, true]);
	});

	it('lets the identity fail', async () => {
		const { setFaults, url } = await openSandbox();
		await setFaults({ identity: { status: 500 } });
		expect((await fetch(`${url}/identity/token`)).status).toBe(500);
	});

	it.each([
		['<h1>Bad gateway</h1>', 'text/html'],
		['', 'text/plain'],
		['{"error":{}}', 'application/json'],
	])('sends the body %j as it is', async (body, type) => {
		const { setFaults, dataverse } = await openSandbox();
		await setFaults({ dataverse: { status: 502, body } });
		const response = await dataverse('WhoAmI');
		expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([502, body, type]);
	});

	it('"reset" breaks the connection before the work', async () => {
		const { setFaults, sendMail, token, url, json } = await openSandbox();
		await token(`${url}/graph`);
		await setFaults({ graph: 'reset' });
		expect(await causeOf(sendMail(validMail()))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
		expect(await json('/mailbox.json')).toEqual([]);
	});

	it('"lostAnswer" does the work and then breaks the connection', async () => {
		const { setFaults, dataverse, json, token, url } = await openSandbox();
		await token(url);
		await setFaults({ dataverse: 'lostAnswer' });
		expect(await causeOf(dataverse('leads', { method: 'POST', body: validLead() }))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
		expect(await json('/crm.json')).toHaveLength(1);
	});

	it('"hang" never answers, and counts as under way until the sender gives up', async () => {
		const { setFaults, sendMail, token, url, json } = await openSandbox();
		const authorization = `Bearer ${await token(`${url}/graph`)}`;
		await setFaults({ graph: { kind: 'hang', count: 4 } });
		const leave = new AbortController();
		const hanging = Array.from({ length: 4 }, () =>
			fetch(`${url}/graph/v1.0/users/leads@contoso.example/sendMail`, {
				method: 'POST',
				headers: { authorization },
				signal: leave.signal,
			}).catch((reason: Error) => reason.name),
		);
		// The fault ends by itself after the fourth, so that this is when all of them hang.
		while ((await json<{ graph: unknown }>('/faults')).graph !== null);
		expect((await sendMail(validMail())).status).toBe(429);
		leave.abort();
		expect(await Promise.all(hanging)).toEqual(Array(4).fill('AbortError'));
		let status = 429;
		while (status === 429) ({ status } = await sendMail(validMail()));
		expect(status).toBe(202);
		expect(await json('/mailbox.json')).toHaveLength(1);
	});

	it('"slow" answers all the same', async () => {
		const { setFaults, sendMail } = await openSandbox();
		await setFaults({ graph: { kind: 'slow', seconds: 0.01 } });
		expect((await sendMail(validMail())).status).toBe(202);
	});

	it('strikes a share by chance', async () => {
		const numbers = [0.1, 0.6, 0.49, 0.5];
		const { setFaults, dataverse } = await openSandbox({ random: () => numbers.shift() ?? 1 });
		await setFaults({ dataverse: { status: 503, share: 0.5 } });
		const statuses: number[] = [];
		for (let index = 0; index < 4; index++) statuses.push((await dataverse('WhoAmI')).status);
		expect(statuses).toEqual([503, 200, 503, 200]);
	});

	it('ends by itself after its count', async () => {
		const { setFaults, dataverse, json } = await openSandbox();
		await setFaults({ dataverse: { status: 503, count: 2 } });
		const statuses = [(await dataverse('WhoAmI')).status, (await dataverse('WhoAmI')).status, (await dataverse('WhoAmI')).status];
		expect([statuses, await json('/faults')]).toEqual([[503, 503, 200], { graph: null, dataverse: null, identity: null, webhook: null }]);
	});

	it('leaves the services alone that it does not name; null clears one, DELETE all', async () => {
		const { setFaults, json, url } = await openSandbox();
		await setFaults({ graph: 'hang', dataverse: 'reset' });
		await setFaults({ identity: { status: 400, code: 'x' } });
		await setFaults({ graph: null });
		expect(await json('/faults')).toEqual({
			graph: null,
			dataverse: { kind: 'reset', share: 1 },
			identity: { kind: 'status', status: 400, code: 'x', share: 1 },
			webhook: null,
		});
		expect((await fetch(`${url}/faults`, { method: 'DELETE' })).status).toBe(204);
		expect(await json('/faults')).toEqual({ graph: null, dataverse: null, identity: null, webhook: null });
	});

	it.each([
		['graph', '"graph"'],
		['{', '{'],
		['an unknown service', '{ "exchange": "hang" }'],
		['an unknown word', '{ "graph": "explode" }'],
		['a number', '{ "graph": 503 }'],
		['a list', '{ "graph": [] }'],
		['an unknown kind', '{ "graph": { "kind": "explode" } }'],
		['an unknown member', '{ "graph": { "status": 503, "retryAfter": 5 } }'],
		['no status', '{ "graph": {} }'],
		['a status that is no failure', '{ "graph": { "status": 202 } }'],
		['a status as text', '{ "graph": { "status": "503" } }'],
		['a share beyond the whole', '{ "graph": { "status": 503, "share": 2 } }'],
		['a count of nothing', '{ "graph": { "kind": "hang", "count": 0 } }'],
		['a negative wait', '{ "graph": { "status": 503, "retryAfterSeconds": -1 } }'],
		['a code that is no text', '{ "graph": { "status": 503, "code": 1 } }'],
		['a body that is no text', '{ "graph": { "status": 503, "body": 1 } }'],
		['slow without seconds', '{ "graph": { "kind": "slow" } }'],
		['a hook of another service', '{ "graph": { "status": 503, "hook": "sales" } }'],
		['an odd answer of another service', '{ "graph": { "kind": "endless" } }'],
		['a redirect with a status that is none', '{ "webhook": { "kind": "redirect", "status": 200 } }'],
	])('refuses %s, changes nothing and says what is allowed', async (_, body) => {
		const { url, json, setFaults } = await openSandbox();
		await setFaults({ dataverse: 'hang' });
		const response = await fetch(`${url}/faults`, { method: 'PUT', body });
		const said = (await response.json()) as { issues: string[]; allowed: object };
		expect([response.status, said.issues.length > 0, Object.keys(said.allowed)]).toEqual([
			400,
			true,
			['services', 'fault', 'share', 'count', 'hook', 'code'],
		]);
		expect(await json('/faults')).toMatchObject({ graph: null, dataverse: { kind: 'hang' } });
	});
});

describe('GET /requests.json', () => {
	it('counts by service and answer, and the most at once', async () => {
		const { sendMail, dataverse, setFaults, json, url } = await openSandbox();
		await sendMail(validMail());
		await sendMail({});
		await setFaults({ dataverse: { kind: 'reset', count: 1 } });
		await causeOf(dataverse('WhoAmI'));
		await dataverse('WhoAmI');
		expect(await json('/requests.json')).toEqual({
			graph: { total: 2, answers: { 202: 1, 400: 1 }, mostAtOnce: 1 },
			dataverse: { total: 2, answers: { reset: 1, 200: 1 }, mostAtOnce: 1 },
			identity: { total: 2, answers: { 200: 2 }, mostAtOnce: 1 },
			webhook: { total: 0, answers: {}, mostAtOnce: 0 },
		});
		await fetch(`${url}/requests.json`, { method: 'DELETE' });
		expect(await json('/requests.json')).toMatchObject({ graph: { total: 0, answers: {}, mostAtOnce: 0 } });
	});
});
