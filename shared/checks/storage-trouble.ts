import { type CheckLine, failure } from '../basics/check-line.ts';
import { codeOf } from '../basics/failures.ts';
import { causes } from '../destinations/http/request-end.ts';
import type { Settings } from '../settings/settings.ts';
import { storageCode } from '../storage/account/storage-error.ts';
import { storageRefusal } from '../storage/storage-refusal.ts';

/** What a failed call to storage means, and what to do. */
export function storageTrouble(error: unknown, what: string, role: string, { storage }: Pick<Settings, 'storage'>): CheckLine {
	const { statusCode, name = '', message = '' } = (error ?? {}) as { statusCode?: number; name?: string; message?: string };
	const named = storageCode(error);
	const code = named && statusCode ? `${statusCode} ${named}` : codeOf(error);
	const say = (message: string, next: string) => failure('storage', `${message} (${code}).`, next);
	const byKey = storage !== undefined && 'connectionString' in storage;
	const refusal = storageRefusal(error);
	if (refusal?.next) return say(`${what}: access is refused, because ${refusal.why}`, refusal.next);
	if (byKey && named === 'AuthorizationPermissionMismatch')
		return say(
			`${what}: access is refused, because the shared access signature in AzureWebJobsStorage does not allow it`,
			'Give the signature every permission on tables and queues; better: use the identity to reach the account (docs/deploy.md).',
		);
	if (statusCode === 401 || statusCode === 403)
		return byKey
			? say(
					`${what}: access is refused, because the key does not belong to the account (any more), or this clock is wrong`,
					'az storage account show-connection-string -g GROUP -n STORAGE (portal: the storage account > Security + networking > Access keys), then set AzureWebJobsStorage.',
				)
			: say(
					`${what}: access is refused, because the identity lacks a role`,
					`az role assignment create --assignee-object-id IDENTITY_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "${role}" --scope STORAGE_ID (or deploy infra/main.bicep again)`,
				);
	if (statusCode === 404)
		return say(`${what} is missing and cannot be created`, 'Deploy infra/main.bicep again: it creates the table journal and the queues.');
	if (name === 'UnprovenAnswer' || (statusCode !== undefined && statusCode < 300))
		return say(
			`${what}: something else answers in place of storage, such as a proxy or a sign-in page`,
			'Check that AzureWebJobsStorage names the account itself, and check what is between the app and the account (portal: the app > Networking).',
		);
	if (statusCode !== undefined)
		return say(`${what} fails`, 'See the storage account: portal > the storage account > Help > Resource health.');
	if (name === 'TokenError') return noToken(error, message, say, what);
	if (/Credential|Authentication/.test(name))
		return say(
			`${what}: the identity gets no token`,
			'Assign the identity to the app, and set AzureWebJobsStorage__clientId (on your own machine: az login).',
		);
	if (name === 'AbortError' || name === 'TimeoutError')
		return say(`${what}: storage does not answer in time`, 'Check the network of the app and of the storage account (portal: Networking).');
	return say(
		`${what}: storage cannot be reached`,
		byKey
			? 'On this machine: npm start. Otherwise check that AzureWebJobsStorage names an account that exists, and check its network (portal: Networking).'
			: 'Check that AzureWebJobsStorage__tableServiceUri and __queueServiceUri name an account that exists, and check its network (portal: Networking).',
	);
}

/** The endpoint's own words, with what they ask for. */
function noToken(error: unknown, words: string, say: (message: string, next: string) => CheckLine, what: string): CheckLine {
	const refused = [...causes(error)].some(({ statusCode }) => statusCode === 400 || statusCode === 401 || statusCode === 403);
	return say(
		`${what}: the identity gets no token, because ${words}`,
		refused
			? 'Assign the identity to the app, and set AzureWebJobsStorage__clientId to its client id (portal: the app > Settings > Identity > User assigned).'
			: 'Wait a minute and run this again; it is tried again automatically.',
	);
}
