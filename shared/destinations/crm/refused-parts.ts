import type { Answer } from '../http/answer.ts';
import { codes, dataverseCause, isOfValue } from './dataverse-causes.ts';
import { dataverseCode } from './get-json.ts';
import type { LeadColumn, LeadColumns } from './metadata/lead-column.ts';
import type { CrmRecord } from './record-sheet.ts';

/** What of a record an answer may be about; `whole`: nothing smaller would be taken. */
export type Refusal = 'whole' | 'column' | 'privilege' | 'lookup' | 'key';

/** One property of a record, and the column behind it. */
export interface Part {
	column: string;
	/** The property is bound to a record of this entity set. */
	set?: string;
	/** Other words for it: the navigation property, the record's id. */
	aliases: string[];
	type?: LeadColumn['type'];
	money: boolean;
}

/** Of an answer only code and names can be relied on: its text may be in any language, and its status is not always the same. */
export function toRefusal({ status, code: written, message }: Answer): Refusal {
	const code = dataverseCode(written);
	if (status < 400) return 'whole';
	if (code === codes.keyTaken) return 'key';
	if (code === codes.securedColumn) return 'column';
	const privileges = privilegesIn(message);
	if (code === codes.missingPrivilege || (status === 403 && privileges.length > 0)) return isOfLead(privileges) ? 'whole' : 'privilege';
	if (code === '0x80040217' || code === '0x80060891') return 'lookup';
	if (isOfValue(code)) return 'column';
	const cause = dataverseCause({ status, code: written, message });
	// What a plug-in refuses it refuses on purpose; a row of the table is about the identity, the environment or a moment.
	return status === 400 && cause === undefined && code !== codes.alreadyThere ? 'column' : 'whole';
}

/** What the identity lacks, by name. */
export const privilegesIn = (message: string): string[] => [...new Set(message.match(/\bprv[A-Z][A-Za-z0-9_]{2,60}\b/g))];

/** Without these there is no lead at all. */
const isOfLead = (privileges: string[]) => privileges.some((name) => /^prv(?:Create|Read|Write)Lead$/i.test(name));

/** The parts of a record that may be left out, by what they are called. */
export function partsOf(record: CrmRecord, { byName }: LeadColumns): Part[] {
	return Object.entries(record).map(([property, value]) => {
		const [, navigation] = /^(.+)@odata\.bind$/.exec(property) ?? [];
		if (navigation === undefined) {
			const column = byName.get(property);
			return {
				column: property,
				aliases: [],
				...(column && { type: column.type }),
				money: column?.type === 'decimal' && column.money === true,
			};
		}
		const [, set = '', id = ''] = /^\/(\w+)\(([^)]*)\)$/.exec(String(value)) ?? [];
		const found = [...byName].find(
			([, column]) => column.type === 'lookup' && column.targets.some((target) => target.property === navigation),
		);
		return {
			column: found?.[0] ?? navigation.toLowerCase(),
			set,
			aliases: [navigation, id, set].filter(Boolean),
			type: 'lookup',
			money: false,
		};
	});
}

/** The columns that an answer names, by whatever name; those that are surely meant alone when there are any. */
export function namedIn({ message }: Answer, parts: Part[], record: CrmRecord, mapped: ReadonlySet<string>): string[] {
	const privileged = privilegesIn(message).flatMap((name) => needing(name, parts));
	if (privileged.length > 0) return [...new Set(privileged)];
	const words = parts.map((part) => ({ part, names: [part.column, ...part.aliases] }));
	const matching = (matches: (name: string) => boolean) => words.filter(({ names }) => names.some(matches)).map(({ part }) => part.column);
	const ways = [
		(name: string) => new RegExp(`["'‘’‚“”„«»\`<(\\[]\\s*${escaped(name)}\\s*["'‘’“”«»\`>)\\]]`, 'i').test(message),
		(name: string) => !isWord(name) && standsAlone(name, message),
		(name: string) => isWord(name) && standsAlone(name, message),
	];
	for (const way of ways) {
		const found = matching(way);
		if (found.length > 0) return found;
	}
	const quoted = parts.filter(({ column }) => isQuoted(record[column], message)).map(({ column }) => column);
	// Of several with the same value the one that a setting fills is the likelier to be wrong.
	const doubtful = quoted.filter((column) => mapped.has(column));
	return doubtful.length > 0 ? doubtful : quoted;
}

/** The columns of the kind that a code is about, when the answer names none. */
export function ofKind({ code: written }: Answer, parts: Part[]): string[] {
	const types: LeadColumn['type'][] = kinds[dataverseCode(written)] ?? [];
	return parts.filter(({ type }) => type !== undefined && types.includes(type)).map(({ column }) => column);
}

const kinds: Record<string, LeadColumn['type'][]> = {
	'0x8004431a': ['choice'],
	'0x8004432f': ['wholeNumber', 'decimal'],
	'0x80044330': ['wholeNumber', 'decimal'],
	'0x80040239': ['date'],
	'0x80040217': ['lookup'],
	'0x80060891': ['lookup'],
};

/** A smaller number is probably not a length. */
const shortestCut = 5;

/** The longest that a text may be, as the answer tells it: a number in it that is shorter than the text. */
export function lengthIn({ code: written, message }: Answer, text: string | undefined): number | undefined {
	if (text === undefined || !['0x80044331', '0x80090429'].includes(dataverseCode(written))) return undefined;
	const numbers = (message.match(/(?<![\w.])\d+(?!\w)/g) ?? [])
		.map(Number)
		.filter((number) => number >= shortestCut && number < text.length);
	return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

/** What a record holds because of which a privilege is needed. */
function needing(privilege: string, parts: Part[]): string[] {
	const [, access = '', table = ''] = /^prv(AppendTo|Append|Assign|Share|Read|Write|Create|Override)(\w+)$/.exec(privilege) ?? [];
	const lower = table.toLowerCase();
	const columns = (matches: (part: Part) => boolean) => parts.filter(matches).map(({ column }) => column);
	if (access === 'Override') return columns(({ column }) => column === 'overriddencreatedon');
	if (lower === 'transactioncurrency') return columns(({ money, column }) => money || column === 'transactioncurrencyid');
	if (access === 'Assign' || access === 'Share') return columns(({ column }) => column === 'ownerid');
	if (lower === 'lead') return columns(({ set, column }) => set !== undefined && column !== 'ownerid');
	return columns(({ set }) => set !== undefined && isSetOf(set, lower));
}

/** Privileges call the table of users by another name. */
function isSetOf(set: string, table: string): boolean {
	const own = table === 'user' ? 'systemuser' : table;
	return [`${own}s`, `${own}es`, own.replace(/y$/, 'ies'), own].includes(set.toLowerCase());
}

/** Columns whose names are words of English, so that a sentence may hold them by chance. */
const isWord = (name: string) => ['subject', 'description', 'revenue', 'fax', 'salutation'].includes(name.toLowerCase());
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const standsAlone = (name: string, message: string) => new RegExp(`(?<![\\w.-])${escaped(name)}(?![\\w-])`, 'i').test(message);

/** A value that is told in quotes; a short one could be anything. */
function isQuoted(value: CrmRecord[string] | undefined, message: string): boolean {
	const text = String(value ?? '');
	return text.length >= 3 && ["'", '"'].some((quote) => message.includes(`${quote}${text}${quote}`));
}
