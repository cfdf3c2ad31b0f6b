import { remember } from '../basics/remember.ts';

/**
 * One for the table and every queue: they share its tokens. Loaded only where storage is reached by identity: the identity's library costs 100 ms of a cold
 * start that a connection string does not need.
 */
export const storageCredential = remember(async (clientId: string | undefined) =>
	(await import('../tokens/open-credential.ts')).openCredential(clientId),
);
