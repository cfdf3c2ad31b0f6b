import { settingOf } from '../../host/setting-of.ts';
import type { Environment } from '../basics/environment.ts';
import type { StorageSettings } from '../storage/open-storage.ts';
import { cleanSetting } from './clean-setting.ts';

/**
 * The host's own storage account: `AzureWebJobsStorage` as a connection string, or the identity-based form in which each service has a URI
 * (https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity). Undefined when incomplete.
 */
export function readStorageSettings(environment: Environment): StorageSettings | undefined {
	const setting = (suffix: string) => cleanSetting(settingOf(environment, `AzureWebJobsStorage${suffix}`) ?? '', 'text') || undefined;
	const connectionString = setting('');
	if (connectionString) return { connectionString };
	const account = setting('__accountName');
	const tableServiceUri = setting('__tableServiceUri') ?? (account && `https://${account}.table.core.windows.net`);
	const queueServiceUri = setting('__queueServiceUri') ?? (account && `https://${account}.queue.core.windows.net`);
	if (!tableServiceUri || !queueServiceUri) return undefined;
	return { tableServiceUri, queueServiceUri, clientId: setting('__clientId') };
}

/** Whether a text can be a connection string at all; the libraries that read it are loaded when storage is opened. */
export function isConnectionString(text: string): boolean {
	const names = new Set(text.split(';').map((part) => part.split('=', 1)[0]?.trim().toLowerCase() ?? ''));
	return (
		/usedevelopmentstorage=true/i.test(text) || names.has('sharedaccesssignature') || (names.has('accountname') && names.has('accountkey'))
	);
}

/** Every name that the host takes; another one, or one that comes twice, and it refuses the whole (Azure.Storage.Queues 12.x for .NET, asked). */
const names = [
	'AccountName',
	'AccountKey',
	'DefaultEndpointsProtocol',
	'EndpointSuffix',
	'SharedAccessSignature',
	'UseDevelopmentStorage',
	'DevelopmentStorageProxyUri',
	...['Blob', 'Queue', 'Table', 'File'].flatMap((service) => [`${service}Endpoint`, `${service}SecondaryEndpoint`]),
];
const canonical = new Map(names.map((name) => [name.toLowerCase(), name]));

interface Part {
	name: string;
	value: string;
}

const partsOf = (text: string): Part[] =>
	text
		.split(';')
		.filter((part) => part !== '')
		.map((part) => {
			const at = part.indexOf('=');
			return at < 0 ? { name: part, value: '' } : { name: part.slice(0, at), value: part.slice(at + 1) };
		});

const invisible = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** Why the host refuses a connection string, or undefined: it takes no white space away, and starts with none that it cannot read. Never tells a value. */
export function hostRefuses(text: string): string | undefined {
	const parts = partsOf(text);
	const seen = new Set<string>();
	for (const [index, { name, value }] of parts.entries()) {
		const number = `part ${index + 1}`;
		const known = canonical.get(name.toLowerCase());
		if (!known)
			return ['', ...canonical.keys()].includes(name.replace(invisible, '').toLowerCase())
				? `has white space or an invisible character at the name of ${number}`
				: `has an unknown name (${number})`;
		if (seen.has(known)) return `has ${known} twice`;
		seen.add(known);
		const bare = value.replace(invisible, '');
		if (known !== 'AccountKey' && bare !== value) return `has white space or an invisible character at the value of ${known}`;
		if (known === 'AccountKey' && !isBase64(value)) return 'has an account key that is not base64: it was not copied whole';
		if (known === 'DefaultEndpointsProtocol' && !/^https?$/i.test(value)) return `has a ${known} other than https`;
	}
	return undefined;
}

/** As .NET's `Convert.FromBase64String` takes it: blanks may stand within, nothing may be missing. */
function isBase64(text: string): boolean {
	const bare = text.replace(/[ \t\r\n]/g, '');
	return bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare);
}
