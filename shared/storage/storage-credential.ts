import type { TokenCredential } from '@azure/identity';

/** Loaded only where storage is reached by identity: the SDK costs 100 ms of a cold start that a connection string does not need. */
export async function storageCredential(clientId: string | undefined): Promise<TokenCredential> {
	const { openCredential } = await import('../open-credential.ts');
	return openCredential(clientId);
}
