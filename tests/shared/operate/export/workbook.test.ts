import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { openWriter } from '../../../../shared/operate/export/export-format.ts';
import { fitIntoCell, mostInCell, toCellText } from '../../../../shared/operate/export/to-cell-text.ts';
import { byteOrderMark, toCsvRow } from '../../../../shared/operate/export/to-csv.ts';
import { type SheetRow, toWorkbook } from '../../../../shared/operate/export/to-workbook.ts';
import { propertyRuns } from '../../../support/property-runs.ts';
import { readFlatSheet, readWorkbook } from '../../../support/read-workbook.ts';

jest.setTimeout(150_000); // LibreOffice takes its time to start

const options = { name: 'Leads', whereWhole: () => 'npm run leads -- show 1 --payload' };
const make = async (rows: SheetRow[]) => readWorkbook((await toWorkbook(rows, options)).file);

/** Texts that spreadsheets, XML or the writer are known to change. */
const kept = [
	'+44 20 7123 4567',
	'00491711234567',
	'01067',
	'1000000000000000',
	'1E5',
	'1e15',
	'12345678901234567890',
	'2026-11-23',
	'1/2',
	'TRUE',
	'=1+1',
	'a;=1+1;b',
	'\t=1+1',
	'@SUM(A1)',
	'-1',
	'＝1+1',
	"'quoted",
	'  blanks around  ',
	' ',
	'two\nlines\n',
	'a\tb',
	'<b>&amp;</b> ]]> "x"',
	'banner_x1080_v2',
	'_x0041_',
	'_x0041_x0042_',
	'_x005F_x0041_',
	'_x005f_',
	'__x0041_',
	'constructor',
	'__proto__',
	'toString',
	'hasOwnProperty',
	'名前 👩‍🚀 e\u0301',
	'hard\u00A0space',
];

/** What has no place in a cell is written out. */
const writtenOut: [posted: string, shown: string][] = [
	['\u0000\u001b[2J', '\\u0000\\u001b[2J'],
	['a\u0085b\u009b', 'a\\u0085b\\u009b'],
	['over\rwritten', 'over\\u000dwritten'],
	['two\r\nlines', 'two\nlines'],
	['half \ud83d', 'half \\ud83d'],
	['a\udc00b', 'a\\udc00b'],
	['\uFFFE\uFFFF\u{1FFFE}\u{10FFFF}z', '\\ufffe\\uffff\\ud83f\\udffe\\udbff\\udfffz'],
	['\u202egnp', '\\u202egnp'],
	['no such byte: \uFFFD', 'no such byte: \\ufffd'],
	['lines\u2028of\u2029others', 'lines\nof\nothers'],
];

describe('a spreadsheet', () => {
	it('keeps every text as it is: no formula, no number, no date, nothing lost', async () => {
		const { rows } = await make(kept.map((text) => ({ text })));
		expect(rows.slice(1)).toEqual(kept.map((text) => [{ type: 'text', value: text }]));
	});

	it('writes out what has no place in a cell', async () => {
		const { rows } = await make(writtenOut.map(([text]) => ({ text })));
		expect(rows.slice(1)).toEqual(writtenOut.map(([, shown]) => [{ type: 'text', value: shown }]));
	});

	it('keeps any text that can be shown', async () => {
		const telling = fc.constantFrom('_', 'x', '0', '4', 'F', 'a', ' ', '\n', '&', '<', '\uFFFD');
		const text = fc.string({ unit: fc.oneof(telling, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })) });
		const shown = (text: string) =>
			text.replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]|[\p{Noncharacter_Code_Point}\uFFFD\u2028\u2029]/gu, (character) =>
				toCellText(character),
			);
		await fc.assert(
			fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 100 }), async (texts) => {
				const { rows } = await make(texts.map((text) => ({ text })));
				expect(rows.slice(1).map(([cell]) => cell?.value ?? '')).toEqual(texts.map(shown));
			}),
			{ numRuns: Math.ceil(propertyRuns.numRuns / 50) },
		);
	});

	it('has times as dates, their zone in the head, the head frozen, and columns as wide as they need', async () => {
		const { rows, xml } = await make([
			{ leadId: 'abc', receivedAt: new Date('2026-11-23T15:05:07Z'), crmAt: '', says: 'x'.repeat(300) },
			{ leadId: '', receivedAt: new Date('1970-01-01T00:00:00Z'), crmAt: new Date('2026-02-28T23:59:59Z'), says: '' },
		]);
		expect(rows.map((row) => row.map(({ value }) => value))).toEqual([
			['Lead id', 'Received at (UTC)', 'Crm at (UTC)', 'Says'],
			['abc', '2026-11-23T15:05:07.000Z', '', 'x'.repeat(300)],
			['', '1970-01-01T00:00:00.000Z', '2026-02-28T23:59:59.000Z', ''],
		]);
		expect(xml.sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
		expect(Array.from(xml.sheet.matchAll(/<col [^>]*width="(\d+)"/g), ([, width]) => Number(width))).toEqual([9, 21, 21, 48]);
	});

	it.each([0, 1, 27, 703])('has each of %i columns in its place, and says nothing where there is nothing', async (count) => {
		const columns = Array.from({ length: count }, (_, index) => [`c${index}`, index % 2 ? '' : `text ${index}`]);
		const { rows } = await make(count === 0 ? [] : [Object.fromEntries(columns), Object.fromEntries(columns)]);
		expect(rows.slice(1)).toEqual(
			Array.from({ length: count === 0 ? 0 : 2 }, () =>
				columns.map(([, value]) => (value ? { type: 'text', value } : { type: 'empty', value: '' })),
			),
		);
	});

	it('answers requests while it is made', async () => {
		const columns = Object.fromEntries(Array.from({ length: 35 }, (_, column) => [`c${column}`, `what a lead says in column ${column}`]));
		const writer = openWriter.xlsx(async () => undefined);
		await writer.page(Array.from({ length: 1000 }, () => ({ columns, record: {} })));
		const server = createServer((_, answer) => answer.end('202')).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		let isMade = false;
		const made = writer.end().then(() => {
			isMade = true;
		});
		let answered = 0;
		while (!isMade) if ((await fetch(url)).ok && !isMade) answered++;
		await made;
		server.close();
		// It comes to 5 MB of cells, in slices of 64 KB: a writer that works in one go lets one of them through, or none.
		expect(answered).toBeGreaterThan(3);
	});

	it('cuts what is too long for a cell, says where the whole is, and counts it', async () => {
		const rows = [{ text: 'x'.repeat(mostInCell) }, { text: 'x'.repeat(mostInCell + 1) }, { text: '_x0041_👩'.repeat(5000) }];
		const { file, cut } = await toWorkbook(rows, options);
		const read = readWorkbook(file);
		const [, whole, long, escaped] = read.rows.map(([cell]) => cell?.value ?? '');
		expect(cut).toBe(2);
		expect(whole).toBe(rows[0]?.text);
		expect(long).toMatch(/^x{32000,}… \(cut; the whole text: npm run leads -- show 1 --payload\)$/);
		expect(long).toHaveLength(mostInCell);
		expect(escaped).toMatch(/^(_x0041_👩)+(_x0041_|_x0041|_x004|_x00|_x0|_x|_)?… \(cut/u);
		expect(read.xml.sheet.match(/<t[^>]*>[^<]*/g)?.every((text) => text.length <= mostInCell + 30)).toBe(true);
	});

	it('is refused before the memory is full', async () => {
		const writer = openWriter.xlsx(async () => undefined, 3);
		const item = { columns: { text: 'x' }, record: {} };
		await writer.page([item, item, item]);
		await expect(writer.page([item])).rejects.toThrow('A spreadsheet takes 3 rows here');
	});

	it('never cuts a character in two', () => {
		for (const lead of ['', 'a']) {
			const { text } = fitIntoCell(lead + '👩'.repeat(mostInCell), '…');
			expect(text.isWellFormed()).toBe(true);
			expect(text).not.toContain('\\ud');
		}
	});

	const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
	if (!office) console.warn('LibreOffice is not installed here: the tests that open spreadsheets with it are skipped.');
	const itOpens = office ? it : it.skip;

	itOpens('shows the same in LibreOffice: texts as texts, times as times', async () => {
		const texts = [...kept, ...writtenOut.map(([text]) => text)];
		const at = new Date('2026-11-23T15:05:07Z');
		const { file } = await toWorkbook(
			texts.map((text) => ({ text, at })),
			options,
		);
		const cells = openInOffice(office ?? '', { name: 'leads.xlsx', content: file }).slice(2);
		const shown = [...kept, ...writtenOut.map(([, text]) => text)];
		expect(cells.filter((_, index) => index % 2 === 0)).toEqual(shown.map((text) => ({ type: 'string', value: text, formula: false })));
		expect(new Set(cells.filter((_, index) => index % 2 === 1).map(({ type, value }) => `${type} ${value}`))).toEqual(
			new Set(['date 2026-11-23T15:05:07']),
		);
	});

	itOpens.each([';', '\t'])('of CSV computes nothing in LibreOffice, its separator being %j', (separator) => {
		const content = Buffer.from(byteOrderMark + toCsvRow(['text']) + kept.map((text) => toCsvRow([text, `a${separator}${text}`])).join(''));
		const cells = openInOffice(office ?? '', { name: 'leads.csv', content, filter: `CSV:${separator.charCodeAt(0)},34,76` });
		expect(cells.length).toBeGreaterThan(kept.length);
		expect(cells.filter(({ formula }) => formula)).toEqual([]);
	});
});

/** The cells that LibreOffice has after opening a file, row by row, those without contents left out. */
function openInOffice(program: string, { name, content, filter }: { name: string; content: Uint8Array; filter?: string }) {
	const folder = mkdtempSync(join(tmpdir(), 'leads-office-'));
	try {
		writeFileSync(join(folder, name), content);
		const reads = filter ? [`--infilter=${filter}`] : [];
		const args = [`-env:UserInstallation=file://${folder}/profile`, '--headless', ...reads, '--convert-to', 'fods', '--outdir', folder];
		execFileSync(program, [...args, join(folder, name)], { stdio: 'pipe', timeout: 120_000 });
		return readFlatSheet(readFileSync(join(folder, name.replace(/\.\w+$/, '.fods')), 'utf8'));
	} finally {
		rmSync(folder, { recursive: true });
	}
}
