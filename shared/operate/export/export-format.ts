import { byteOrderMark, escapeControls, toCsvRow } from './to-csv.ts';
import { toJsonText } from './to-json-text.ts';
import { mostRows, type SheetRow, toWorkbook } from './to-workbook.ts';

export const exportFormats = ['xlsx', 'csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What is exported, as a row of columns and as an object. */
export interface Exported {
	columns: SheetRow;
	record: object;
}

/** Writes what is exported, page by page; `end` gives what there is to say about it. */
export interface ExportWriter {
	page(items: Exported[]): Promise<void>;
	end(): Promise<string | undefined>;
}

/** A spreadsheet would have more rows than are made in memory. */
export class TooManyRows extends Error {
	constructor(most: number) {
		super(`A spreadsheet takes ${most} rows here`);
		this.name = 'TooManyRows';
	}
}

type Write = (content: string | Uint8Array) => Promise<void>;

/** The format that a file's name asks for. */
export const formatOfName = (path: string): ExportFormat | undefined =>
	exportFormats.find((format) => path.toLowerCase().endsWith(`.${format}`));

export const openWriter: Record<ExportFormat, (write: Write, most?: number) => ExportWriter> = {
	/** The whole file at once: it is a zip, so that all rows are held until the end. */
	xlsx: (write, most = mostRows) => {
		const rows: SheetRow[] = [];
		return {
			async page(items) {
				rows.push(...items.map(({ columns }) => columns));
				if (rows.length > most) throw new TooManyRows(most);
			},
			async end() {
				const whereWhole = ({ leadId, id }: SheetRow) => `npm run leads -- show ${leadId ?? id} --payload`;
				const { file, cut } = await toWorkbook(rows, { name: 'Leads', whereWhole });
				await write(file);
				return cut > 0 ? `Texts that are too long for a cell were cut: ${cut}. Each says where the whole text is.` : undefined;
			},
		};
	},
	csv: (write) => {
		let head = true;
		return {
			async page(items) {
				const [first] = items;
				if (!first) return;
				const rows = items.map(({ columns }) => toCsvRow(Object.values(columns).map(csvText)));
				await write((head ? byteOrderMark + toCsvRow(Object.keys(first.columns)) : '') + rows.join(''));
				head = false;
			},
			end: async () => undefined,
		};
	},
	jsonl: (write) => ({
		page: (items) => write(items.map(({ record }) => `${toJsonText(record)}\n`).join('')),
		end: async () => undefined,
	}),
};

const csvText = (value: string | Date) => (value instanceof Date ? value.toISOString() : escapeControls(value));
