import { randomBytes } from 'node:crypto';
import { type ApiDeps, ApiFailure, callApi } from './call-api.ts';

/** Where the app is in Azure. */
export interface AppPlace {
	subscription: string;
	resourceGroup: string;
	/** Name of the function app. */
	app: string;
}

/** The keys of an app that open the intake, and its addresses. */
export interface AppKeys {
	/** The app's host names, the default one first. */
	hosts(): Promise<string[]>;
	/** LeadIntake's own keys, by name. */
	list(): Promise<Map<string, string>>;
	/** Host keys, which open every function, by name; none when they may not be read. */
	listHost(): Promise<Map<string, string>>;
	/** A new key. It is never called for a name that is there: that would replace the key in use. */
	create(name: string): Promise<void>;
	/** Also when it is gone already. */
	remove(name: string): Promise<void>;
}

const scope = 'https://management.azure.com/.default';
const version = '2024-11-01';

/** https://learn.microsoft.com/rest/api/appservice/web-apps/create-or-update-function-secret */
export function openAppKeys(root: string, { subscription, resourceGroup, app }: AppPlace, deps: ApiDeps): AppKeys {
	const part = encodeURIComponent;
	const site = `${root}/subscriptions/${part(subscription)}/resourceGroups/${part(resourceGroup)}/providers/Microsoft.Web/sites/${part(app)}`;
	const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
		callApi({ method, url: `${site}${path}?api-version=${version}`, scope, repeatable: true, ...(body && { body }) }, deps);
	// The same in every try, so that one whose answer was lost is not replaced by the next.
	const values = new Map<string, string>();
	return {
		async hosts() {
			const { properties } = (await call('GET', '')) as { properties?: { defaultHostName?: string; hostNames?: string[] } };
			if (!properties?.defaultHostName) throw new ApiFailure('Azure does not tell the address of the app', {});
			return [...new Set([properties.defaultHostName, ...(properties.hostNames ?? [])].map((host) => host.toLowerCase()))];
		},
		list: async () => keysOf(await call('POST', '/functions/LeadIntake/listkeys')),
		async listHost() {
			try {
				const { functionKeys } = (await call('POST', '/host/default/listkeys')) as { functionKeys?: object };
				return keysOf(functionKeys ?? {});
			} catch (error) {
				if (error instanceof ApiFailure && error.status === 403) return new Map();
				throw error;
			}
		},
		async create(name) {
			const value = values.get(name) ?? randomBytes(40).toString('base64url');
			values.set(name, value);
			await call('PUT', `/functions/LeadIntake/keys/${part(name)}`, { properties: { name, value } });
		},
		async remove(name) {
			try {
				await call('DELETE', `/functions/LeadIntake/keys/${part(name)}`);
			} catch (error) {
				if (!(error instanceof ApiFailure && error.status === 404)) throw error;
			}
		},
	};
}

function keysOf(answer: unknown): Map<string, string> {
	if (answer === null || typeof answer !== 'object') throw new ApiFailure('Azure answered without the keys', {});
	return new Map(Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''));
}
