import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openQueue, openTable } from '../../../shared/storage/open-storage.ts';
import { storageBlame, storageRefusal } from '../../../shared/storage/storage-refusal.ts';
import { TokenError } from '../../../shared/tokens/token-error.ts';
import { explainFailure } from '../../../tools/leads/explain-failure.ts';
import { refusalOfStorage } from '../../support/refusal-of-storage.ts';
import { type StandIn, startStandIn } from '../../support/stand-in.ts';

let table: StandIn;
let queue: StandIn;
let refusal = { code: '', status: 403 };
beforeAll(async () => {
	table = await startStandIn(() => refusalOfStorage(refusal.code, refusal));
	queue = await startStandIn(() => refusalOfStorage(refusal.code, { ...refusal, as: 'queue' }));
});
afterAll(() => {
	table.close();
	queue.close();
});

/** What our clients throw, operation by operation. */
async function errors(code: string, status = 403): Promise<unknown[]> {
	refusal = { code, status };
	const storage = {
		connectionString: `DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey=${Buffer.from('key').toString('base64')};TableEndpoint=${table.root}/contoso;QueueEndpoint=${queue.root}/contoso;`,
	};
	const [rows, messages] = await Promise.all([openTable(storage, 'journal'), openQueue(storage, 'spill')]);
	const [key, signal] = [{ partitionKey: 'p', rowKey: 'r' }, AbortSignal.timeout(20_000)];
	const calls = [
		rows.read(key, signal),
		rows.commit([['create', key]], signal),
		rows.make(signal),
		rows.readRange({ partitionKey: 'p', from: 'a', to: 'z' }, { most: 1 }, signal),
		rows.remove({ ...key, etag: '"1"' }, signal),
		messages.send('x', {}, signal),
		messages.receive({ most: 1, hiddenS: 1 }, signal),
		messages.count(signal),
	];
	return (await Promise.allSettled(calls)).map((end) => (end.status === 'rejected' ? end.reason : undefined));
}

describe('A refusal of storage', () => {
	it.each([
		['KeyBasedAuthenticationNotPermitted', 403, 'accepts no keys', 'AzureWebJobsStorage'],
		['AuthorizationFailure', 403, 'network rule', 'network rules of AzureWebJobsStorage'],
		['AuthorizationSourceIPMismatch', 403, 'network rule', 'network rules of AzureWebJobsStorage'],
		['AuthorizationPermissionMismatch', 403, 'role', 'Storage Queue Data Contributor for AzureWebJobsStorage'],
		['AuthorizationServiceMismatch', 403, 'signature', 'AzureWebJobsStorage'],
		['AuthorizationResourceTypeMismatch', 403, 'signature', 'AzureWebJobsStorage'],
		['AccountIsDisabled', 403, 'disabled', 'AzureWebJobsStorage'],
		['InvalidAuthenticationInfo', 401, 'another tenant', 'AzureWebJobsStorage'],
		['InvalidAuthenticationInfo', 400, 'another tenant', 'AzureWebJobsStorage'],
	])('%s (%i) is known by every operation', async (code, status, why, name) => {
		for (const error of await errors(code, status)) {
			expect(storageRefusal(error)).toMatchObject({ why: expect.stringContaining(why) });
			expect(storageBlame(error, 'Queue')).toEqual({
				name,
				problem: expect.stringMatching(new RegExp(`^storage refuses the app \\(${status} ${code}\\): .*${why}`)),
			});
		}
	});

	it('without a cause that is known is taken for a missing role or a wrong key', async () => {
		for (const error of [...(await errors('AuthenticationFailed')), { statusCode: 403 }]) {
			expect(storageRefusal(error)).toBeUndefined();
			expect(storageBlame(error, 'Table')).toMatchObject({ name: 'Storage Table Data Contributor for AzureWebJobsStorage' });
		}
	});

	it('by the token endpoint is told in its words, and only where a person has something to do', () => {
		const refused = (status: number) =>
			new TokenError(`the token endpoint answered ${status}: no`, `HTTP_${status}`, { statusCode: status });
		for (const status of [400, 401, 403])
			expect(storageBlame(refused(status), 'Table')).toEqual({
				name: 'AzureWebJobsStorage__clientId',
				problem: `there is no token for storage: the token endpoint answered ${status}: no`,
			});
		for (const status of [404, 410, 429, 500]) expect(storageBlame(refused(status), 'Table')).toBeUndefined();
	});

	it('is told apart from every other trouble', () => {
		for (const error of [{ statusCode: 404 }, { statusCode: 503, code: 'AuthorizationFailure' }, new Error('no'), undefined])
			expect(storageBlame(error, 'Table')).toBeUndefined();
	});

	it('is told by the leads tool, with what to do', () => {
		const error = Object.assign(new Error('no'), { statusCode: 403, code: 'AuthorizationFailure' });
		expect(explainFailure(error, 'the journal of contoso')).toMatch(
			/the journal of contoso refuses: a network rule .* portal > .*Networking/,
		);
	});
});
