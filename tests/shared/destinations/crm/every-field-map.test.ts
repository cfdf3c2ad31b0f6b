import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leadColumns } from '../../../../sandbox/dataverse/lead-columns.ts';
import { otherTenantColumns } from '../../../../sandbox/dataverse/other-tenant-columns.ts';
import { readRecord } from '../../../../sandbox/dataverse/read-record.ts';
import { checkFieldMap } from '../../../../shared/destinations/crm/field-map/check-field-map.ts';
import type { FoundRecord, RecordQuestion } from '../../../../shared/destinations/crm/lookups/find-record.ts';
import { readColumns } from '../../../../shared/destinations/crm/metadata/read-columns.ts';
import { gatherParts } from '../../../../shared/destinations/crm/record-parts.ts';
import { toCrmRecord, toSmallestRecord } from '../../../../shared/destinations/crm/to-crm-record.ts';
import { clean } from '../../../../shared/lead/clean-text.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { openSandbox } from '../../../sandbox/open-sandbox.ts';
import { codePoint } from '../../../support/code-point.ts';
import { deliveryRequest } from '../../../support/delivery-request.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

const id = (number: number) => `5a4db0c5-0000-4000-8000-${String(number).padStart(12, '0')}`;
const records: Record<string, string> = { campaigns: id(31), teams: id(21), systemusers: id(11), transactioncurrencies: id(41) };
const sets = Object.keys(records);

const tricky = [
	'',
	' ',
	'0',
	'42',
	'-1',
	'1e9',
	'0.5',
	'2026-02-30',
	'2026-11-23',
	'2026-11-23T22:46:10Z',
	'yes',
	'Basic',
	'20',
	'{{name}}',
	'<b>',
	'__proto__',
	'\u202e',
	'\ud800',
	'🚀',
];
const piece = fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: codePoint, maxLength: 5 }));
const said = fc.oneof(
	piece,
	fc.tuple(piece, fc.integer({ min: 1, max: 2000 })).map(([text, times]) => text.repeat(times)),
);
const template = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'{{company}}',
				'{{campaign.x}}',
				'{{unknown.y}}',
				'{{description}}',
				'{{receivedAtIso}}',
				'{{#isTest}}t{{/isTest}}',
				'{{nobody}}',
				'{{{email}}}',
				'{{#campaignList}}{{name}}={{value}}\n{{/campaignList}}',
			),
			said,
		),
		{
			minLength: 1,
			maxLength: 3,
		},
	)
	.map((parts) => parts.join(''));
const constant = fc.oneof(template, fc.double(), fc.integer(), fc.boolean());
const entry = fc.oneof(
	{ weight: 4, arbitrary: constant },
	fc.constant(null),
	fc.record(
		{ value: constant, type: fc.constantFrom('text', 'memo', 'wholeNumber', 'decimal', 'boolean', 'date', 'choice', 'nonsense') },
		{ requiredKeys: ['value'] },
	),
	fc.record({ lookup: fc.constantFrom(...sets), by: fc.constantFrom('codename', 'x'), value: template }),
	fc.constantFrom(...sets).map((set) => ({ lookup: set, value: records[set] })),
	fc.jsonValue({ maxDepth: 2 }),
);
const columnName = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...otherTenantColumns.map(({ name }) => name)) },
	fc.constantFrom('new_gone', 'constructor', '__proto__', 'jobtitle', 'New_X', ''),
);
const fieldMap = fc.dictionary(columnName, entry, { maxKeys: 8 });
const named = fc.array(fc.record({ name: fc.constantFrom('x', 'y', 'z'), value: said.map(clean) }), { maxLength: 2 });
const lead = fc.record(
	{
		...Object.fromEntries(
			['firstName', 'lastName', 'company', 'email', 'phone', 'title', 'country', 'offerTitle', 'action', 'source', 'description'].map(
				(name) => [name, said],
			),
		),
		campaign: named,
		unknown: named,
		isTest: fc.boolean(),
		doNotContact: fc.boolean(),
		hasContact: fc.boolean(),
	},
	{ requiredKeys: ['isTest', 'doNotContact', 'hasContact'] },
);
/** As reading a payload leaves it: blank is absent. */
const readable = (members: object) =>
	Object.fromEntries(
		Object.entries(members)
			.map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value])
			.filter(([, value]) => value !== ''),
	) as unknown as Lead;
const owner = fc.option(fc.constantFrom(`team:${id(21)}`, 'Marketplace sales', 'Nobody'), { nil: undefined });

it(
	'makes of every field map and every lead a record that the table takes',
	async () => {
		const random = fc.oneof(
			fc.constant('found' as const),
			fc.constantFrom('none' as const, 'several' as const, 'wrong' as const, 'unanswered' as const),
		);
		for (const columns of [leadColumns, otherTenantColumns]) {
			const sandbox = await openSandbox({ columns });
			const dataverse = { url: sandbox.url, getToken: () => sandbox.token(sandbox.url), fetch };
			const known = await readColumns(dataverse, AbortSignal.timeout(20_000));
			await fc.assert(
				fc.asyncProperty(fieldMap, lead, owner, random, async (map, one, owned, how) => {
					const { fields } = checkFieldMap(map);
					const findRecord = async ({ set }: RecordQuestion): Promise<FoundRecord> =>
						how === 'found' ? { id: records[set] ?? '' } : { missing: how };
					const request = { ...deliveryRequest(), lead: readable(one), choice: { fields: map } };
					const environment = { columns: async () => known, findRecord };
					const parts = await gatherParts(request, { fields, ...(owned && { owner: owned }) }, environment, new AbortController().signal);
					for (const record of [
						toCrmRecord(request, { leadSource: 8 }, parts).record,
						toCrmRecord(
							request,
							{},
							{
								...parts,
								without: new Set([...Object.keys(map).filter((name) => name !== 'subject' && name !== 'lastname'), 'ownerid', 'jobtitle']),
							},
						).record,
						toSmallestRecord(request, parts),
					]) {
						expect(readRecord(JSON.parse(JSON.stringify(record)), 'create', columns)).toMatchObject({ ok: true });
						expect(record).toMatchObject({ subject: expect.stringMatching(/\S/), lastname: expect.stringMatching(/\S/) });
					}
				}),
				{ numRuns: Math.ceil(propertyRuns.numRuns / 4) },
			);
		}
	},
	60_000 + 60 * propertyRuns.numRuns,
);
