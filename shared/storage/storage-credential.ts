import type { TokenCredential } from '@azure/identity';

/** One for the table and every queue: they share its tokens. */
const opened = new Map<string | undefined, TokenCredential>();

/** Loaded only where storage is reached by identity: the identity's library costs 100 ms of a cold start that a connection string does not need. */
export async function storageCredential(clientId: string | undefined): Promise<TokenCredential> {
	const { openCredential } = await import('../tokens/open-credential.ts');
	const credential = opened.get(clientId) ?? openCredential(clientId);
	opened.set(clientId, credential);
	return credential;
}
