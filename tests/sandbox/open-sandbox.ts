import { afterEach } from '@jest/globals';
import type { SandboxOptions } from '../../sandbox/create-sandbox.ts';
import { sandboxClientId, sandboxIdentityHeader, sandboxMailbox } from '../../sandbox/sandbox-settings.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
	for (const sandbox of opened.splice(0)) await sandbox.close();
});

/** A sandbox on a free port, closed after the test, with what a well-behaved caller would say to it. */
export async function openSandbox(options: SandboxOptions & { port?: number } = {}) {
	const sandbox = await startSandbox({ port: 0, ...options });
	opened.push(sandbox);
	const { url } = sandbox;
	const json = async <Body = unknown>(path: string, init?: RequestInit) => (await fetch(url + path, init)).json() as Promise<Body>;
	const tokens = new Map<string, string>();
	const token = async (resource: string) => {
		const known = tokens.get(resource);
		if (known) return known;
		const query = new URLSearchParams({ resource, 'api-version': '2019-08-01', client_id: sandboxClientId });
		const answer = await json<{ access_token: string }>(`/identity/token?${query}`, {
			headers: { 'x-identity-header': sandboxIdentityHeader },
		});
		tokens.set(resource, answer.access_token);
		return answer.access_token;
	};
	return {
		...sandbox,
		json,
		token,
		setFaults: (faults: object) => fetch(`${url}/faults`, { method: 'PUT', body: JSON.stringify(faults) }),
		sendMail: async (body: unknown, { user = sandboxMailbox, authorization }: { user?: string; authorization?: string } = {}) =>
			fetch(`${url}/graph/v1.0/users/${encodeURIComponent(user)}/sendMail`, {
				method: 'POST',
				headers: { authorization: authorization ?? `Bearer ${await token(`${url}/graph`)}`, 'content-type': 'application/json' },
				body: typeof body === 'string' ? body : JSON.stringify(body),
			}),
		/** A request to the Web API with the headers it wants; a header of undefined is left out. */
		dataverse: async (
			path: string,
			{ method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string | undefined> } = {},
		) => {
			const all = {
				authorization: `Bearer ${await token(url)}`,
				accept: 'application/json',
				'odata-version': '4.0',
				'odata-maxversion': '4.0',
				...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
				...headers,
			};
			return fetch(`${url}/api/data/v9.2/${path}`, {
				method,
				headers: Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)),
				...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
			});
		},
	};
}

export type OpenSandbox = Awaited<ReturnType<typeof openSandbox>>;

/** A body of `sendMail` that Graph takes; `message` replaces members. */
export const validMail = (message: object = {}) => ({
	message: {
		subject: 'Some One (Contoso)',
		body: { contentType: 'HTML', content: '<p>A lead</p>' },
		toRecipients: [{ emailAddress: { address: 'sales@contoso.example', name: 'Sales' } }],
		ccRecipients: [{ emailAddress: { address: 'boss@contoso.example' } }],
		replyTo: [{ emailAddress: { address: 'someone@contoso.com', name: 'Some One' } }],
		importance: 'normal',
		internetMessageHeaders: [{ name: 'x-lead-id', value: '0190a000-0000-7000-8000-000000000001' }],
		...message,
	},
	saveToSentItems: true,
});

export const leadId = '5d1a7b2c-0000-5000-8000-000000000001';

/** A lead that Dataverse takes; `columns` replaces values. */
export const validLead = (columns: object = {}) => ({
	subject: 'Test Microsoft',
	firstname: 'Some',
	lastname: 'One',
	companyname: 'Contoso',
	emailaddress1: 'someone@contoso.com',
	leadsourcecode: 8,
	donotemail: false,
	description: 'Test run through Power Automate',
	...columns,
});
