import { TokenError } from '../tokens/token-error.ts';
import { storageCode } from './account/storage-error.ts';

/** Why storage refuses a caller, whatever is asked. */
export interface StorageRefusal {
	/** Completes "… is refused: ". */
	why: string;
	/** What is to be looked at, by a name for alerts; absent where a role of the caller is. */
	name?: string;
	/** The one thing to do; absent where a role or a key is. */
	next?: string;
}

const network: StorageRefusal = {
	why: 'a network rule of the storage account blocks the caller; the cause is not a missing role',
	name: 'network rules of AzureWebJobsStorage',
	next: 'Let the app in: portal > the storage account > Security + networking > Networking (the subnet or address of the app, or all networks). A new rule takes minutes.',
};
const signature: StorageRefusal = {
	why: 'the shared access signature in AzureWebJobsStorage does not allow this',
	name: 'AzureWebJobsStorage',
	next: 'The signature must allow tables and queues (services), containers and objects (resource types) and every permission; better: use the identity to reach the account (docs/deploy.md).',
};
const token: StorageRefusal = {
	why: 'the token belongs to another tenant or cloud than the account, or this clock is wrong',
	name: 'AzureWebJobsStorage',
	next: 'Check that the identity, the account and the addresses belong to one tenant and one cloud, and that this clock is right.',
};

/**
 * By the code alone: the status is 403 for all of them.
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes, …/sas-error-codes; `AuthorizationFailure` for network rules:
 * https://github.com/microsoft/AzureStorageExplorer/issues/8504
 */
const byCode: Record<string, StorageRefusal> = {
	KeyBasedAuthenticationNotPermitted: {
		why: 'the storage account accepts no keys (shared key access is off)',
		name: 'AzureWebJobsStorage',
		next: 'Use the identity: remove AzureWebJobsStorage and set AzureWebJobsStorage__accountName, __credential=managedidentity and __clientId (as infra/main.bicep does).',
	},
	AuthorizationFailure: network,
	AuthorizationSourceIPMismatch: network,
	IpAuthorizationError: network,
	PublicAccessNotPermitted: network,
	AuthorizationPermissionMismatch: { why: 'a role is missing' },
	InsufficientAccountPermissions: { why: 'a role is missing' },
	AuthorizationServiceMismatch: signature,
	AuthorizationResourceTypeMismatch: signature,
	AuthorizationProtocolMismatch: signature,
	AccountIsDisabled: {
		why: 'the storage account is disabled',
		name: 'AzureWebJobsStorage',
		next: 'Check the subscription of the account: an unpaid bill or a spending limit disables it (portal: Subscriptions).',
	},
	NoAuthenticationInformation: token,
	InvalidAuthenticationInfo: token,
};

/** Why storage refuses, when its answer says so; undefined for any other trouble, and for a refusal that names no cause that is known. */
export function storageRefusal(error: unknown): StorageRefusal | undefined {
	const { statusCode = 0 } = (error ?? {}) as { statusCode?: number };
	if (statusCode < 400 || statusCode > 499) return undefined;
	return byCode[storageCode(error) ?? ''];
}

/** What is to be put right, and why, when storage refuses a call, or the token endpoint the identity that storage is reached by; undefined for any other trouble. */
export function storageBlame(error: unknown, service: 'Table' | 'Queue'): { name: string; problem: string } | undefined {
	if (error instanceof TokenError)
		return /^HTTP_40[013]$/.test(error.code)
			? { name: 'AzureWebJobsStorage__clientId', problem: `there is no token for storage: ${error.message}` }
			: undefined;
	const { statusCode } = (error ?? {}) as { statusCode?: number };
	const refusal = storageRefusal(error);
	if (!refusal && statusCode !== 401 && statusCode !== 403) return undefined;
	const code = [statusCode, storageCode(error)].filter(Boolean).join(' ');
	return {
		name: refusal?.name ?? `Storage ${service} Data Contributor for AzureWebJobsStorage`,
		problem: `storage refuses the app (${code}): ${refusal?.why ?? 'the identity lacks a role, or the key is wrong'}`,
	};
}
