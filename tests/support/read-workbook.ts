import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';

/** A cell as the file says it: a number with the format of a time is a time. */
export interface ReadCell {
	type: 'text' | 'time' | 'number' | 'formula' | 'empty';
	value: string;
}

/** The first sheet of an .xlsx file, by an XML parser of someone else that refuses what is not well-formed. */
export function readWorkbook(file: Uint8Array): { rows: ReadCell[][]; xml: { sheet: string; strings: string } } {
	const parts = unzipSync(file);
	const textOf = (path: string) => strFromU8(parts[path] ?? new Uint8Array());
	for (const path of Object.keys(parts)) parse(textOf(path));
	const xml = { sheet: textOf('xl/worksheets/sheet1.xml'), strings: textOf('xl/sharedStrings.xml') };
	const strings = elements(parse(xml.strings), 'si').map((item) => decode(item.textContent ?? ''));
	const formats = elements(parse(textOf('xl/styles.xml')), 'xf').map((format) => format.getAttribute('numFmtId'));
	const rows = elements(parse(xml.sheet), 'row').map((row) => {
		const cells: ReadCell[] = [];
		for (const cell of elements(row, 'c')) {
			const column = columnOf(cell.getAttribute('r') ?? '');
			while (cells.length < column) cells.push({ type: 'empty', value: '' });
			cells.push(read(cell));
		}
		return cells;
	});
	const width = Math.max(0, ...rows.map(({ length }) => length));
	for (const row of rows) while (row.length < width) row.push({ type: 'empty', value: '' });
	return { rows, xml };

	function read(cell: Element): ReadCell {
		const value = elements(cell, 'v')[0]?.textContent ?? '';
		if (cell.getAttribute('t') === 'inlineStr') return { type: 'text', value: decode(elements(cell, 'is')[0]?.textContent ?? '') };
		if (elements(cell, 'f').length > 0) return { type: 'formula', value };
		if (cell.getAttribute('t') === 's') return { type: 'text', value: strings[Number(value)] ?? `no string ${value}` };
		if (value === '') return { type: 'empty', value };
		if (formats[Number(cell.getAttribute('s') ?? -1)]) return { type: 'time', value: fromSerial(Number(value)) };
		return { type: 'number', value };
	}
}

function parse(text: string): Element {
	const stop = (level: string, message: string) => {
		if (level !== 'warning') throw new Error(message); // it warns of U+FFFD
	};
	const root = new DOMParser({ onError: stop }).parseFromString(text, 'text/xml').documentElement;
	if (!root) throw new Error('The part is empty.');
	return root;
}

const elements = (parent: Element, name: string): Element[] => Array.from(parent.getElementsByTagName(name));

/** `_x0041_` stands for a character (ECMA-376, ST_Xstring). */
const decode = (text: string) => text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const columnOf = (address: string) =>
	Array.from(address.replace(/\d+$/, '')).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Days since 30 December 1899. */
const fromSerial = (days: number) => new Date(Math.round((days - 25_569) * 86_400_000)).toISOString();

/** The cells of a flat OpenDocument spreadsheet that hold something. */
export function readFlatSheet(text: string): { type: string; value: string; formula: boolean }[] {
	return elements(parse(text), 'table:table-cell').flatMap((cell) => {
		const type = cell.getAttribute('office:value-type') ?? '';
		const lines = elements(cell, 'text:p').map(flatText);
		const value = cell.getAttribute('office:date-value') ?? lines.join('\n');
		return type ? [{ type, value, formula: cell.hasAttribute('table:formula') }] : [];
	});
}

/** Blanks and tabs are elements there. */
function flatText(node: Node): string {
	if (node.nodeName === '#text') return node.nodeValue ?? '';
	if (node.nodeName === 'text:s') return ' '.repeat(Number((node as Element).getAttribute('text:c') ?? 1));
	if (node.nodeName === 'text:tab') return '\t';
	return Array.from(node.childNodes, flatText).join('');
}
