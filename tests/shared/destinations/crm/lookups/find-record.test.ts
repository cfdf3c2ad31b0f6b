import { describe, expect, it } from '@jest/globals';
import { findOwner, readOwner } from '../../../../../shared/destinations/crm/field-map/owner.ts';
import {
	type FoundRecord,
	findRecord,
	type RecordQuestion,
	rememberRecords,
} from '../../../../../shared/destinations/crm/lookups/find-record.ts';
import { openSandbox } from '../../../../sandbox/open-sandbox.ts';
import { startStandIn } from '../../../../support/stand-in.ts';

const signal = () => AbortSignal.timeout(20_000);
const id = (number: number) => `5a4db0c5-0000-4000-8000-${String(number).padStart(12, '0')}`;

async function openFind() {
	const sandbox = await openSandbox();
	const dataverse = { url: sandbox.url, getToken: () => sandbox.token(sandbox.url), fetch };
	return { sandbox, find: (question: RecordQuestion) => findRecord(dataverse, question, signal()) };
}

describe('a record that is looked up', () => {
	it.each([200, 400, 500])('is not looked for in an answer without end: %i', async (status) => {
		const dataverse = await startStandIn(() => ({ status, endless: true, body: '{"value":[' }));
		const asked = findRecord(
			{ url: dataverse.root, getToken: async () => 'token', fetch },
			{ set: 'teams', by: 'name', value: 'x' },
			signal(),
		);
		await asked.catch(() => undefined);
		expect(await dataverse.cutOff()).toBeLessThan(8 * 1024 * 1024);
		dataverse.close();
	});

	it.each<[RecordQuestion, FoundRecord]>([
		[{ set: 'campaigns', by: 'codename', value: 'SPRING' }, { id: id(31) }],
		[{ set: 'campaigns', by: 'codename', value: 'autumn' }, { missing: 'none' }],
		[{ set: 'campaigns', by: 'codename', value: 'twice' }, { missing: 'several' }],
		[{ set: 'campaigns', by: 'nonsense', value: 'x' }, { missing: 'wrong' }],
		[{ set: 'nonsense', by: 'name', value: 'x' }, { missing: 'wrong' }],
		[{ set: 'teams', by: 'name', value: "Night's watch" }, { id: id(22) }],
		[{ set: 'teams', by: 'name', value: "x' or name eq 'Marketplace sales" }, { missing: 'none' }],
		[{ set: 'teams', by: 'name', value: 'Fish & chips #1?$top=5 and more' }, { missing: 'none' }],
		[{ set: 'systemusers', by: 'fullname', value: 'Gone Away', and: 'isdisabled eq false' }, { missing: 'none' }],
		[{ set: 'teams', by: 'name', value: 'x'.repeat(401) }, { missing: 'none' }],
	])('%j', async (question, found) => {
		const { find } = await openFind();
		expect(await find(question)).toEqual(found);
	});

	it.each([
		['adele.vance@contoso.example', { set: 'systemusers', id: id(11) }],
		['Adele Vance', { set: 'systemusers', id: id(11) }],
		['marketplace sales', { set: 'teams', id: id(21) }],
		['team:Marketplace sales', { set: 'teams', id: id(21) }],
		['team:Adele Vance', { missing: 'none' }],
		['user:Gone Away', { missing: 'none' }],
		[`team:${id(99)}`, { set: 'teams', id: id(99) }],
	])('is the owner %s', async (text, found) => {
		const { find } = await openFind();
		const owner = readOwner(text);
		expect(owner.ok && (await findOwner(owner.owner, find))).toEqual(found);
	});

	it('is remembered for minutes, and asked for once by all who need it', async () => {
		let now = 0;
		let asked = 0;
		const find = rememberRecords({
			find: async ({ value }) => {
				asked++;
				return value === 'spring' ? { id: id(31) } : { missing: 'none' };
			},
			clock: () => now,
			deadline: () => new AbortController().signal,
		});
		const spring = { set: 'campaigns', by: 'codename', value: 'spring' };
		expect(await Promise.all([find(spring, signal()), find({ ...spring, value: 'SPRING' }, signal())])).toEqual([
			{ id: id(31) },
			{ id: id(31) },
		]);
		await find({ ...spring, value: 'autumn' }, signal());
		now = 9 * 60_000;
		await find(spring, signal());
		expect(asked).toBe(2);
		await find({ ...spring, value: 'autumn' }, signal());
		expect(asked).toBe(3);
		now = 20 * 60_000;
		await find(spring, signal());
		expect(asked).toBe(4);
	});

	it('is not there while nobody answers, which stops nothing', async () => {
		const deadline = new AbortController();
		const find = rememberRecords({ find: () => new Promise(() => undefined), clock: () => 0, deadline: () => deadline.signal });
		const found = find({ set: 'campaigns', by: 'codename', value: 'spring' }, signal());
		deadline.abort();
		expect(await found).toEqual({ missing: 'unanswered' });
	});
});
