/** Where the app is. */
export interface AppPlace {
	subscriptionId: string;
	resourceGroup: string;
	/** Name of the function app. */
	name: string;
}

export type IntakeKey = { ok: true; key: string } | { ok: false; problem: string };

interface Needs {
	getToken: () => Promise<string>;
	fetch: typeof fetch;
	pause: (ms: number) => Promise<void>;
}

/** A function is known a minute after its deployment, at worst two. */
const attempts = 12;
const pauseMs = 10_000;

/**
 * LeadIntake's own key, by Azure Resource Manager: it opens the intake and nothing else.
 * https://learn.microsoft.com/rest/api/appservice/web-apps/list-function-keys
 */
export async function readIntakeKey(
	{ subscriptionId, resourceGroup, name }: AppPlace,
	{ getToken, fetch, pause }: Needs,
): Promise<IntakeKey> {
	const site = `subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/sites/${name}`;
	const url = `https://management.azure.com/${site}/functions/LeadIntake/listkeys?api-version=2024-11-01`;
	let problem = '';
	for (let attempt = 1; attempt <= attempts; attempt++) {
		try {
			const headers = { authorization: `Bearer ${await getToken()}` };
			const response = await fetch(url, { method: 'POST', headers, signal: AbortSignal.timeout(30_000) });
			const text = await response.text();
			if (response.ok) {
				const key: unknown = JSON.parse(text).default;
				return typeof key === 'string' ? { ok: true, key } : { ok: false, problem: 'LeadIntake has no key named default' };
			}
			problem = `Azure Resource Manager answered ${response.status}`;
			if (response.status === 401 || response.status === 403) break;
		} catch (error) {
			problem = error instanceof Error ? error.message : String(error);
		}
		if (attempt < attempts) await pause(pauseMs);
	}
	return { ok: false, problem };
}
