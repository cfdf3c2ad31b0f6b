import { type Accounts, openAccounts } from '../chaos/open-accounts.ts';

/** One Azurite for all that ask, with accounts of their own for each: quicker to start, but queues slow each other down. */
export function shareStorage(most: number): { openStorage: (accounts: number) => Promise<Accounts>; stop: () => Promise<void> } {
	let shared: Promise<Accounts> | undefined;
	let given = 0;
	return {
		openStorage: async (accounts) => {
			shared ??= openAccounts(most);
			const { connectionString, pid } = await shared;
			const first = given;
			given += accounts;
			if (given > most) throw new Error(`there are only ${most} storage accounts`);
			return { pid, connectionString: (index) => connectionString(first + index), stop: async () => undefined };
		},
		stop: async () => (await shared)?.stop(),
	};
}
