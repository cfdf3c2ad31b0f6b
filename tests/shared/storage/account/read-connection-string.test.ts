import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { describe, expect, it } from '@jest/globals';
import { readConnectionString } from '../../../../shared/storage/account/read-connection-string.ts';

const emulatorKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const usual = 'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net';

describe('a connection string', () => {
	it.each<[string, string, string, string]>([
		['usual', usual, 'https://contoso.table.core.windows.net', 'https://contoso.queue.core.windows.net'],
		[
			'of another cloud',
			usual.replace('windows.net', 'chinacloudapi.cn'),
			'https://contoso.table.core.chinacloudapi.cn',
			'https://contoso.queue.core.chinacloudapi.cn',
		],
		[
			'with addresses of its own',
			`${usual};TableEndpoint=https://t.contoso.com/;QueueEndpoint=https://q.contoso.com/`,
			'https://t.contoso.com',
			'https://q.contoso.com',
		],
		['of the emulator', 'UseDevelopmentStorage=true', 'http://127.0.0.1:10002/devstoreaccount1', 'http://127.0.0.1:10001/devstoreaccount1'],
		[
			'with a signature',
			'TableEndpoint=https://contoso.table.core.windows.net/;QueueEndpoint=https://contoso.queue.core.windows.net/;SharedAccessSignature=sv=2024&sig=a%2Bb%3D',
			'https://contoso.table.core.windows.net',
			'https://contoso.queue.core.windows.net',
		],
	])('%s is read as by the SDKs', (_, text, table, queue) => {
		expect([readConnectionString(text, 'table').url, readConnectionString(text, 'queue').url]).toEqual([table, queue]);
		expect(TableClient.fromConnectionString(text, 'x').url.replace(/\?.*/, '')).toBe(table);
		expect(new QueueClient(text, 'x').url.replace(/\/x(\?.*)?$/, '')).toBe(queue);
	});

	it.each<[string, string, string]>([
		['without a protocol and a suffix', 'AccountName=contoso;AccountKey=c2VjcmV0', 'https://contoso.table.core.windows.net'],
		[
			'with names in any case, and blanks',
			' accountname = contoso ; ACCOUNTKEY = c2VjcmV0 ;; EndpointSuffix=core.windows.net',
			'https://contoso.table.core.windows.net',
		],
		[
			'with a signature and a name alone',
			'AccountName=contoso;SharedAccessSignature=?sv=2024&sig=x',
			'https://contoso.table.core.windows.net',
		],
		[
			'of an emulator on another host',
			'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite',
			'http://azurite:10002/devstoreaccount1',
		],
	])('%s is read as by the host, though not by the SDKs', (_, text, url) => {
		expect(readConnectionString(text, 'table').url).toBe(url);
	});

	it('gives what lets us in: a key, or a signature without its question mark', () => {
		expect(readConnectionString(usual, 'table')).toMatchObject({ name: 'contoso', key: Buffer.from('secret') });
		expect(readConnectionString('UseDevelopmentStorage=true', 'queue')).toMatchObject({
			name: 'devstoreaccount1',
			key: Buffer.from(emulatorKey, 'base64'),
		});
		expect(readConnectionString('AccountName=c;SharedAccessSignature=?sv=1&sig=a%3D', 'queue')).toMatchObject({
			signature: 'sv=1&sig=a%3D',
		});
	});

	it.each([
		['', 'no address'],
		['nonsense', 'no address'],
		['AccountKey=c2VjcmV0', 'no address'],
		['AccountName=contoso', 'no AccountName with an AccountKey'],
		['TableEndpoint=https://contoso.table.core.windows.net', 'no AccountName with an AccountKey'],
		['AccountName=contoso;AccountKey=c2VjcmV0;TableEndpoint=contoso', 'no address'],
		['AccountName=contoso;AccountKey=c2VjcmV0;TableEndpoint=ftp://contoso', 'no address'],
		['AccountName=con toso;AccountKey=c2VjcmV0', 'no address'],
	])('%j is refused, and what it lacks is said without its secrets', (text, why) => {
		expect(() => readConnectionString(text, 'table')).toThrow(why);
		expect(() => readConnectionString(text, 'table')).toThrow(expect.objectContaining({ code: 'AzureWebJobsStorage' }));
		expect(() => readConnectionString(text, 'table')).not.toThrow('c2VjcmV0');
	});
});
