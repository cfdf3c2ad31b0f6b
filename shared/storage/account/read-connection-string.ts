import type { StorageService } from './storage-line.ts';

/** Where a service of the account is, and by what it lets us in. */
export type Account = { url: string; name: string; key: Buffer } | { url: string; signature: string };

/** https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key: public, the same in every emulator. */
const emulator = {
	accountname: 'devstoreaccount1',
	accountkey: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};
const emulatorPorts: Record<StorageService, number> = { queue: 10_001, table: 10_002 };

/**
 * https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string, as .NET reads it: the host does so too, and the app must not
 * refuse what the host takes. Names in any case, `https` and the public cloud when nothing else is said.
 *
 * @throws when there is no account in it, or nothing to get in with
 */
export function readConnectionString(text: string, service: StorageService): Account {
	const parts = new Map<string, string>();
	for (const part of text.split(';')) {
		const at = part.indexOf('=');
		const value = part.slice(at + 1).trim();
		if (at > 0 && value) parts.set(part.slice(0, at).trim().toLowerCase(), value);
	}
	if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true') {
		const host = (parts.get('developmentstorageproxyuri') ?? 'http://127.0.0.1').replace(/\/+$/, '');
		return { url: `${host}:${emulatorPorts[service]}/${emulator.accountname}`, ...keyed(emulator.accountname, emulator.accountkey) };
	}
	const name = parts.get('accountname');
	const signature = parts.get('sharedaccesssignature')?.replace(/^\?/, '');
	const key = parts.get('accountkey');
	const protocol = (parts.get('defaultendpointsprotocol') ?? 'https').toLowerCase();
	const named = name && `${protocol}://${name}.${service}.${parts.get('endpointsuffix') ?? 'core.windows.net'}`;
	const url = (parts.get(`${service}endpoint`) ?? named)?.replace(/\/+$/, '');
	if (!url || !URL.canParse(url) || !/^https?:/i.test(url)) throw incomplete(`no address of its ${service}s`);
	if (signature) return { url, signature };
	if (!name || !key) throw incomplete('no AccountName with an AccountKey, and no SharedAccessSignature');
	return { url, ...keyed(name, key) };
}

const keyed = (name: string, key: string) => ({ name, key: Buffer.from(key, 'base64') });

const incomplete = (what: string) =>
	Object.assign(new Error(`AzureWebJobsStorage has ${what}: copy the whole connection string of the storage account`), {
		code: 'AzureWebJobsStorage',
	});
