/** The services of a storage account that Azurite stands in for. */
export const storageServices = ['blob', 'queue', 'table'] as const;
export type StorageService = (typeof storageServices)[number];

// Public: the same in every emulator (https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key).
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** A connection string for the services that listen on these ports of this machine. */
export function toConnectionString(ports: Partial<Record<StorageService, number>>): string {
	const endpoints = Object.entries(ports).map(
		([service, port]) => `${service.charAt(0).toUpperCase()}${service.slice(1)}Endpoint=http://127.0.0.1:${port}/${account}`,
	);
	return ['DefaultEndpointsProtocol=http', `AccountName=${account}`, `AccountKey=${key}`, ...endpoints, ''].join(';');
}
