import { TableClient } from '@azure/data-tables';

/** A table of the emulator by Azure's own client: for rows that no version of ours would write, and to see what ours has written. */
export const lookIntoTable = (connectionString: string, name: string) =>
	TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } });
