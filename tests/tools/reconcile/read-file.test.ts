import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type FileLeads, readFileLeads } from '../../../tools/reconcile/file-leads.ts';
import { describeColumns, findColumns } from '../../../tools/reconcile/find-columns.ts';
import { readRows } from '../../../tools/reconcile/read-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { type ExportedLead, exportedLeads, flavours } from './export-files.ts';

const now = Date.UTC(2026, 10, 30);
const folder = tempFolder();
afterAll(folder.remove);

const keep = (name: string, bytes: Buffer | string) => {
	const path = join(folder.path, name);
	writeFileSync(path, bytes);
	return path;
};

interface Read extends Partial<FileLeads> {
	kind: string;
	problem?: string;
	described?: string[];
	ambiguous?: boolean;
}

async function read(bytes: Buffer | string, columns = {}, timeZone = 'UTC'): Promise<Read> {
	const { rows, kind } = await readRows(keep('export', bytes));
	const found = findColumns(rows, columns);
	if (!found.ok) return { kind, problem: found.problem, described: describeColumns(rows) };
	const leads = readFileLeads('export', rows, found.columns, { timeZone, now });
	return { kind, ...(leads ?? { ambiguous: true }) };
}

/** Rows: as many as Partner Center gives twice over, where reading is not the same for every flavour. */
const many = (name: string) => (/Partner Center|workbook/.test(name) ? 10_000 : 1000);

const wholeMinute = (at: number) => Math.floor(at / 60_000);

describe.each(Object.entries(flavours))('a file of leads: %s', (name, write) => {
	it('is read whole, each row with its time, its person and its offer', async () => {
		const from = Date.UTC(2026, 9, 20, 8);
		const expected = exportedLeads(many(name), from);
		const { leads = [], unreadable } = await read(await write(expected));
		expect(unreadable).toEqual([]);
		expect(leads).toHaveLength(many(name));
		const wrong = expected.filter(({ at, email, lastName, firstName, offer }: ExportedLead, index) => {
			const { receivedAt = 0, lead } = leads[index] ?? {};
			const offers = [lead?.offerTitle, lead?.offer];
			return !(
				wholeMinute(receivedAt) === wholeMinute(at) &&
				lead?.email?.toLowerCase() === email &&
				lead.lastName === lastName &&
				lead.firstName === firstName &&
				offers.includes(offer)
			);
		});
		expect(wrong).toEqual([]);
	});
});

describe('a file of leads', () => {
	it('keeps what has no column of its own under the name that the file gives it', async () => {
		const { leads } = await read('LeadCreationDateTime,Email,Status\n2026-11-23T10:00:00Z,ada@contoso.example,New\n');
		expect(leads?.[0]?.lead).toMatchObject({ email: 'ada@contoso.example', unknown: [{ name: 'Imported.Status', value: 'New' }] });
	});

	it('that is not understood is described, without what is in it', async () => {
		const { problem, described } = await read('Spalte A;Spalte B\n23.11.2026;ada@contoso.example\n24.11.2026;grace@fabrikam.example\n');
		expect(problem).toMatch(/No row names columns/);
		expect(described).toEqual(['1. "Spalte A": 2 of 2 rows, like dates', '2. "Spalte B": 2 of 2 rows, like e-mail addresses']);
		const told = await read('Spalte A;Spalte B\n23.11.2026;ada@contoso.example\n', { time: 'spalte a', email: '2' });
		expect(told.leads).toMatchObject([{ lead: { email: 'ada@contoso.example' }, receivedAt: Date.UTC(2026, 10, 23, 12) }]);
	});

	it.each([
		['Email,Company\na@b.example,Contoso\n', /when a lead came/],
		['LeadCreationDateTime,Status,Offer\n2026-11-23,New,CRM\n', /who a lead is/],
	])('without a time or a person is not guessed at: %j', async (text, problem) => {
		expect((await read(text)).problem).toMatch(problem);
	});

	it('does not say which of day and month is first: nor do we', async () => {
		expect(await read('Created,Email\n03/04/2026,a@b.example\n05/06/2026,b@b.example\n')).toMatchObject({ ambiguous: true });
		expect((await read('Created,Email\n03/04/2026,a@b.example\n13/06/2026,b@b.example\n')).leads?.[0]?.receivedAt).toBe(
			Date.UTC(2026, 3, 3, 12),
		);
		expect((await read('Created,Email\n03/04/2026,a@b.example\n06/13/2026,b@b.example\n')).leads?.[0]?.receivedAt).toBe(
			Date.UTC(2026, 2, 4, 12),
		);
	});

	it('tells rows without a time, with one that is none, or without a lead, by number', async () => {
		const rows = [
			'Created,Email,First name',
			'2026-11-23,a@b.example,A',
			',b@b.example,B',
			'2026-02-30,c@b.example,C',
			'2027-11-23,d@b.example,D',
			'2026-11-23,,',
			'',
		];
		const { leads, unreadable } = await read(rows.join('\n'));
		expect(leads).toHaveLength(1);
		expect(unreadable?.map(({ row }) => row)).toEqual([3, 4, 5, 6]);
	});

	it.each([
		['2026-11-23 14:05:07', 'Europe/Berlin', '2026-11-23T13:05:07.000Z'],
		['2026-07-23T14:05:07', 'Europe/Berlin', '2026-07-23T12:05:07.000Z'],
		['2026-11-23T14:05:07.123456789Z', 'Europe/Berlin', '2026-11-23T14:05:07.123Z'],
		['2026-11-23T14:05:07+02:00', 'UTC', '2026-11-23T12:05:07.000Z'],
		['11/23/2026 12:05:07 AM', 'UTC', '2026-11-23T00:05:07.000Z'],
		['11/23/2026, 12:05 p.m.', 'UTC', '2026-11-23T12:05:00.000Z'],
		['"Nov 23, 2026, 3:05 PM"', 'UTC', '2026-11-23T15:05:00.000Z'],
		['23 November 2026 15:05:07 GMT', 'America/New_York', '2026-11-23T15:05:07.000Z'],
		['1795442707', 'UTC', '2026-11-23T14:05:07.000Z'],
		['1795442707123', 'UTC', '2026-11-23T14:05:07.123Z'],
		['46349.5', 'UTC', '2026-11-23T12:00:00.000Z'],
		['2026/11/23 9.05', 'UTC', '2026-11-23T09:05:00.000Z'],
	])('reads the time %s in %s', async (text, zone, expected) => {
		const cell = text.includes(',') && !text.startsWith('"') ? `"${text}"` : text;
		const { leads } = await read(`Created,Email\n${cell},a@b.example\n`, {}, zone);
		expect(leads?.map(({ receivedAt }) => new Date(receivedAt).toISOString())).toEqual([expected]);
	});

	it('with the same lead under another status gives it the same id', async () => {
		const [one, other] = [
			await read('Created,Email,Status\n2026-11-23T10:00:00Z,a@b.example,New\n'),
			await read('Status,email,CREATED\nClosed,A@b.example,2026-11-23T10:00:00Z\n'),
		];
		expect(one.leads?.[0]?.leadId).toBe(other.leads?.[0]?.leadId);
	});

	it('holds a cell that is longer than a lead may be: the lead is read, with less beside it', async () => {
		const { leads } = await read(`Created,Email,Notes,Status\n2026-11-23,a@b.example,${'x'.repeat(40_000)},${'y'.repeat(40_000)}\n`);
		expect(leads).toMatchObject([{ lead: { email: 'a@b.example' } }]);
	});

	it.each([
		['Created,Email\n2026-11-23,"a@b.example\n2026-11-24,b@b.example\n', /damaged/],
		['', /empty/],
		[Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), /old or a protected/],
		[Buffer.from('PK\x03\x04 and no more', 'latin1'), /damaged, or protected/],
	])('that cannot be read says what to do', async (bytes, message) => {
		await expect(read(bytes as Buffer)).rejects.toThrow(message);
	});

	it('that is not there, or a folder, says so', async () => {
		await expect(readRows(join(folder.path, 'nowhere.csv'))).rejects.toThrow('There is no file');
		await expect(readRows(folder.path)).rejects.toThrow('is a folder');
	});

	it('in windows-1252 is read, and says so', async () => {
		const { kind, leads } = await read(Buffer.from('Created;E-Mail;Nachname\n23.11.2026;a@b.example;M\xfcller\n', 'latin1'));
		expect([kind, leads?.[0]?.lead.lastName]).toEqual(['CSV, separated by a semicolon, windows-1252', 'Müller']);
	});
});
