import { describe, expect, it } from '@jest/globals';
import { hostRefuses, readStorageSettings } from '../../../shared/settings/read-storage-settings.ts';
import { readConnectionString } from '../../../shared/storage/account/read-connection-string.ts';

const key = Buffer.alloc(64).toString('base64');
const usual = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
const signed = 'SharedAccessSignature=sv=1&sig=2';
const endpoints = 'TableEndpoint=https://contoso.table.core.windows.net;QueueEndpoint=https://contoso.queue.core.windows.net';

/** Where the app goes with it. */
function open(text: string) {
	const storage = readStorageSettings({ AzureWebJobsStorage: text });
	if (!storage || !('connectionString' in storage)) throw new Error('no connection string');
	return (['table', 'queue'] as const).map((service) => {
		const account = readConnectionString(storage.connectionString, service);
		return 'key' in account ? account.url : `${account.url}?${account.signature}`;
	});
}
const there = ['https://contoso.table.core.windows.net', 'https://contoso.queue.core.windows.net'];
const signedThere = there.map((url) => `${url}?sv=1&sig=2`);

/** What Azure.Storage.Queues for .NET, the host's reader, takes; asked. */
describe('A connection string', () => {
	it.each([
		['as the portal shows it', usual, there],
		['with a semicolon at the end', `${usual};`, there],
		['with two between', usual.replaceAll(';', ';;'), there],
		['without the suffix', `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key}`, there],
		['of name and key alone', `AccountName=contoso;AccountKey=${key}`, there],
		['in another order', `AccountKey=${key};EndpointSuffix=core.windows.net;AccountName=contoso`, there],
		['with names in small letters', usual.replace(/(?<=^|;)\w+(?==)/g, (name) => name.toLowerCase()), there],
		['with the protocol in capitals', usual.replace('https', 'HTTPS'), there],
		['with a line break in the key', usual.replace(key, `${key.slice(0, 20)}\n${key.slice(20)}`), there],
		['of a signature and endpoints', `${endpoints};${signed}`, signedThere],
		['of a signature with its question mark', `${endpoints};${signed.replace('=', '=?')}`, signedThere],
		['of a signature and the account', `AccountName=contoso;${signed}`, signedThere],
	])('%s is taken by the host, and means the same to the app', (_, text, urls) => {
		expect(hostRefuses(text)).toBeUndefined();
		expect(open(text)).toEqual(urls);
	});

	it.each(['UseDevelopmentStorage=true', 'usedevelopmentstorage=TRUE', 'UseDevelopmentStorage=true;'])(
		'%s is development storage to both',
		(text) => {
			expect(hostRefuses(text)).toBeUndefined();
			expect(open(text)).toEqual(['http://127.0.0.1:10002/devstoreaccount1', 'http://127.0.0.1:10001/devstoreaccount1']);
		},
	);

	it('of an emulator on another machine leads there', () => {
		const text = 'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite';
		expect(hostRefuses(text)).toBeUndefined();
		expect(open(text)).toEqual(['http://azurite:10002/devstoreaccount1', 'http://azurite:10001/devstoreaccount1']);
	});

	it.each([
		['a blank before', ` ${usual}`, 'has white space or an invisible character at the name of part 1'],
		['a line break behind', `${usual}\n`, 'has white space or an invisible character at the value of EndpointSuffix'],
		['a no-break space behind', `${usual}\u00a0`, 'has white space or an invisible character at the value of EndpointSuffix'],
		['a byte order mark', `\ufeff${usual}`, 'has white space or an invisible character at the name of part 1'],
		['quotes around', `"${usual}"`, 'has an unknown name (part 1)'],
		['blanks between', usual.replaceAll(';', '; '), 'has white space or an invisible character at the name of part 2'],
	])('with %s is refused by the host, while the app reads it', (_, text, problem) => {
		expect(hostRefuses(text)).toBe(problem);
		expect(open(text)).toEqual(there);
	});

	it.each([
		['a name twice', `${usual};AccountName=contoso`, 'has AccountName twice'],
		['a name that nobody knows', `${usual};Foo=bar`, 'has an unknown name (part 5)'],
		['the name of the setting before', `AzureWebJobsStorage=${usual}`, 'has an unknown name (part 1)'],
		['a key that was cut', usual.replace(key, key.slice(0, 30)), 'has an account key that is not base64: it was not copied whole'],
		[
			'a key with a strange character',
			usual.replace(key, `*${key.slice(1)}`),
			'has an account key that is not base64: it was not copied whole',
		],
		['another protocol', usual.replace('https', 'ftp'), 'has a DefaultEndpointsProtocol other than https'],
	])('with %s is refused by the host', (_, text, problem) => {
		expect(hostRefuses(text)).toBe(problem);
	});
});
