/** How the storage account is reached: with a key or a signature, or as an identity. */
export type StorageSettings =
	| { connectionString: string }
	| { tableServiceUri: string; queueServiceUri: string; clientId?: string | undefined };
