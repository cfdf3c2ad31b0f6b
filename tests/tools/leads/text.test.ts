import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import { byteOrderMark, toCsvRow } from '../../../shared/operate/export/to-csv.ts';
import { toJsonText } from '../../../shared/operate/export/to-json-text.ts';
import { readTime } from '../../../shared/operate/read-time.ts';
import { durationText, relativeText, timeText } from '../../../shared/operate/time-words.ts';
import { leadsTable } from '../../../tools/leads/leads-table.ts';
import { printable, printableLine } from '../../../tools/leads/printable.ts';
import { cutToWidth, textWidth } from '../../../tools/leads/text-width.ts';
import { toTable } from '../../../tools/leads/to-table.ts';
import { codePoint } from '../../support/code-point.ts';
import { propertyRuns } from '../../support/property-runs.ts';

/** Any text, with the characters that matter here more often than chance has them. */
const anyText = fc.oneof(
	fc.string({ unit: codePoint }),
	fc.string({
		unit: fc.constantFrom(
			'=',
			'+',
			'-',
			'@',
			'＝',
			'"',
			',',
			';',
			'\r',
			'\n',
			'\t',
			' ',
			"'",
			'a',
			'\u001b',
			'[',
			'3',
			'm',
			'\u009b',
			'\u202e',
			'名',
			'👩‍🚀',
		),
	}),
);

/** RFC 4180, as strictly as it is written down. */
function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let index = 0;
	while (index < text.length) {
		if (text[index] !== '"') throw new Error(`a quote is expected at ${index}`);
		let value = '';
		for (index++; text[index] !== '"' || text[index + 1] === '"'; index++) {
			if (text[index] === '"') index++;
			value += text[index];
		}
		row.push(value);
		index++;
		if (text[index] === ',') index++;
		else if (text.startsWith('\r\n', index)) {
			rows.push(row);
			row = [];
			index += 2;
		} else throw new Error(`a comma or a line end is expected at ${index}`);
	}
	return rows;
}

describe('CSV', () => {
	it('quotes everything and ends rows with CR LF', () => {
		expect(toCsvRow(['a', '', 'say "hi"', 'two\nlines'])).toBe('"a","","say ""hi""","two\nlines"\r\n');
	});

	it.each(['=1+1', ' =1', '\n=1', '\t@SUM(A1)', '＝1+1', '+49 30 1234', '-1', '\uFEFF=1'])('disarms %j', (value) => {
		expect(parseCsv(toCsvRow([value]))).toEqual([[expect.stringMatching(/^\s*'/u)]]);
	});

	it.each([
		['a;=1+1;b', "a;'=1+1;b"],
		['a\t@SUM(A1)', "a\t'@SUM(A1)"],
		['a|-1', "a|'-1"],
		['a,+49', "a,'+49"],
		['a; =1', "a;' =1"],
		['a;"=1+1"', 'a;\'"=1+1"'],
		['a;;=1', "a;;'=1"],
		['one\n=1', "one\n'=1"],
		['one\r＝1', "one\r'＝1"],
		['one\u2028=1', "one\u2028'=1"],
	])('disarms %j, whatever separates the columns', (value, disarmed) => {
		expect(parseCsv(toCsvRow([value]))).toEqual([[disarmed]]);
	});

	it('leaves a sign inside a text as it is', () => {
		for (const value of ['a=b', 'x - y', 'someone+shop@example.com', '3-4; 5+6', "O'Neil"])
			expect(parseCsv(toCsvRow([value]))).toEqual([[value]]);
	});

	it('is read back as it was, but for apostrophes before what a spreadsheet would compute, by whatever separator', () => {
		fc.assert(
			fc.property(fc.array(fc.array(anyText, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
				const read = parseCsv(rows.map(toCsvRow).join(''));
				expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
				for (const [index, value] of read.flat().entries()) {
					const written = rows.flat()[index] ?? '';
					expect(value.replaceAll("'", '')).toBe(written.replaceAll("'", ''));
					expect(value.split("'").length).toBeGreaterThanOrEqual(written.split("'").length);
					for (const part of value.split(/[,;\t|\r\n]/)) expect(part).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/u);
				}
			}),
			propertyRuns,
		);
	});

	it('begins with the mark by which spreadsheets know UTF-8', () => {
		expect(Buffer.from(byteOrderMark).toString('hex')).toBe('efbbbf');
	});
});

describe('foreign text in a terminal', () => {
	it('loses escape sequences, controls and what reverses text', () => {
		expect(printable('\u001b]0;title\u0007\u001b[31mred\u001b[0m \u202eevil\u009b2J\u0000')).toBe('red evil');
		expect(printableLine('one\r\ntwo\tthree')).toBe('one two three');
	});

	it('never reaches it with a control but the line break, whatever it is', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(printable(text)).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
				expect(toJsonText({ text })).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
				expect(JSON.parse(toJsonText({ text }))).toEqual(JSON.parse(JSON.stringify({ text })));
			}),
			propertyRuns,
		);
	});

	it('takes as many cells as a terminal gives it', () => {
		expect(['abc', '名前', 'é', '👩‍🚀', '한', 'Ａ', ''].map(textWidth)).toEqual([3, 4, 1, 2, 2, 2, 0]);
		expect([cutToWidth('名前です', 5), cutToWidth('abc', 3), cutToWidth('abcd', 3)]).toEqual(['名前…', 'abc', 'ab…']);
	});

	it('stands in columns that fit, one line a row', () => {
		const table = toTable(
			[
				{ head: 'NAME', most: 6 },
				{ head: 'WHAT', most: 10 },
			],
			[
				['名前', 'x'],
				['very long', 'two\nlines'],
				['', '\u001b[2Jy'],
			],
		);
		expect(table).toBe('NAME    WHAT\n名前    x\nvery …  two lines\n        y\n');
	});

	it('fits a terminal: the widest columns that may shrink do, and no further than they may', () => {
		const columns = [
			{ head: 'ID', most: 10 },
			{ head: 'NAME', most: 30, least: 6 },
			{ head: 'OFFER', most: 30, least: 4 },
		];
		const rows = [['0123456789', 'a name of twenty-two c', 'an offer of twenty-six cel']];
		const widest = (width?: number) => Math.max(...toTable(columns, rows, width).split('\n').map(textWidth));
		expect([widest(), widest(200), widest(50), widest(40), widest(10)]).toEqual([62, 62, 50, 40, 24]);
		expect(toTable(columns, rows, 40)).toBe('ID          NAME           OFFER\n0123456789  a name of tw…  an offer of …\n');
	});

	it('names leads by their references where the terminal is narrow', () => {
		const lead = {
			leadId: '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d',
			receivedAt: 0,
			summary: { name: 'A name that is rather long', company: 'A company with a long name', offer: 'An offer with a long title' },
			deliveries: {},
			undecided: false,
			receipts: 1,
		} as unknown as ListedLead;
		expect(leadsTable([lead])).toContain(lead.leadId);
		const narrow = leadsTable([lead], 80);
		expect(narrow).toContain('  #1a2b3c4d  ');
		for (const line of narrow.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(80);
	});

	it.each([
		[{ email: 'delivered', crm: 'parked' }, 'email delivered, crm parked'],
		[{ email: 'delivered', crm: 'pending', 'webhook:chat': 'delivered', 'webhook:sales': 'delivered' }, 'crm pending, 3 delivered'],
		[{ email: 'delivered', crm: 'delivered', 'webhook:chat': 'delivered', 'webhook:sales': 'delivered' }, '4 delivered'],
		[
			{ 'webhook:chat': 'pending', 'webhook:sales': 'pending', 'webhook:crm2': 'parked', email: 'delivered' },
			'2 pending, 1 parked, 1 delivered',
		],
	])('tell every delivery of a lead, and cut none off: %j', (states, text) => {
		const deliveries = Object.fromEntries(Object.entries(states).map(([name, state]) => [name, { state }]));
		const lead = {
			leadId: '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d',
			receivedAt: 0,
			summary: {},
			deliveries,
			receipts: 1,
		} as unknown as ListedLead;
		expect(leadsTable([lead])).toContain(`  ${text}\n`);
	});
});

describe('times', () => {
	const now = Date.parse('2026-11-23T12:00:00Z');

	it.each([
		['P1D', 'since', '2026-11-22T12:00:00.000Z'],
		['PT30M', 'until', '2026-11-23T11:30:00.000Z'],
		['2026-11-01', 'since', '2026-11-01T00:00:00.000Z'],
		['2026-11-01', 'until', '2026-11-01T23:59:59.999Z'],
		['2026-11-01T10:00', 'until', '2026-11-01T10:00:00.000Z'],
		['2026-11-01 10:00:05+02:00', 'since', '2026-11-01T08:00:05.000Z'],
		['2026-11-01T10:00:05.250Z', 'since', '2026-11-01T10:00:05.250Z'],
	] as const)('%s as %s is %s', (text, side, expected) => {
		expect(new Date(readTime(text, now, side) ?? 0).toISOString()).toBe(expected);
	});

	it.each(['', 'yesterday', '2026-02-31', '2026-13-01', '2026-11-01T25:00', '-P1D', '1', 'P1M'])('%j is none', (text) => {
		expect(readTime(text, now, 'since')).toBeUndefined();
	});

	it('are told as people say them', () => {
		expect([250, 15_000, 119_000, 3 * 3_600_000, 86_400_000, 50 * 3_600_000].map(durationText)).toEqual([
			'250 ms',
			'15 s',
			'1 min',
			'3 h',
			'1 day',
			'2 days',
		]);
		expect([relativeText(now - 240_000, now), relativeText(now + 5000, now), relativeText(now + 1, now)]).toEqual([
			'4 min ago',
			'in 5 s',
			'now',
		]);
		expect(timeText(now)).toBe('2026-11-23 12:00:00');
	});
});
