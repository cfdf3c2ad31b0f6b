// The parser is made for a page: it puts itself into the global object, which in a test is the test's own.
import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';

/** A piece of a query, as Microsoft's parser sees it. */
export interface QueryNode {
	/** `FilterOperator`, `HasExpression`, `IdentifierToken`. */
	kind: string;
	/** Of a token, as it is written. */
	text: string;
	parts: QueryNode[];
}

/** The tables that queries ask, with the columns that they use. https://learn.microsoft.com/azure/azure-monitor/reference/tables-index */
const tables = {
	AppTraces:
		'(TimeGenerated: datetime, Message: string, SeverityLevel: int, OperationId: string, AppRoleName: string, Properties: dynamic)',
	AppRequests: '(TimeGenerated: datetime, Name: string, ResultCode: string, Success: bool, DurationMs: real, Url: string)',
	_LogOperation: '(TimeGenerated: datetime, Category: string, Operation: string, Detail: string, Level: string)',
	Usage: '(TimeGenerated: datetime, DataType: string, Quantity: real, IsBillable: bool)',
	StorageTableLogs: '(TimeGenerated: datetime, OperationName: string, RequesterObjectId: string, StatusCode: string, Uri: string)',
	alertsmanagementresources: '(id: string, name: string, type: string, properties: dynamic)',
};

function load() {
	// biome-ignore lint/suspicious/noExplicitAny: the parser's own types are for a page
	const { GlobalState, KustoCode, Symbols, Syntax } = (globalThis as any).Kusto.Language;
	const symbols = Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name));
	const known = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', symbols));
	const kinds = new Map(Object.entries(Syntax.SyntaxKind).map(([name, value]) => [value, name]));
	return { parse: (query: string) => KustoCode.ParseAndAnalyze(query, known), kinds };
}
let loaded: ReturnType<typeof load> | undefined;
const parsed = new Map<string, { root: QueryNode; problems: string[] }>();

/** Parses a query and checks it against the tables: its tree, and what is wrong with it in the parser's words. */
export function parseQuery(query: string): { root: QueryNode; problems: string[] } {
	const known = parsed.get(query);
	if (known) return known;
	loaded ??= load();
	const { parse, kinds } = loaded;
	const code = parse(query);
	const found = code.GetDiagnostics();
	const problems = Array.from({ length: found.Count }, (_, index) => found.getItem(index))
		.filter(({ Severity }) => Severity === 'Error')
		.map(({ Message }) => String(Message));
	// biome-ignore lint/suspicious/noExplicitAny: as above
	const toNode = (node: any): QueryNode => ({
		kind: kinds.get(node.Kind) ?? '',
		text: node.ChildCount === 0 ? String(node.Text ?? '') : '',
		parts: Array.from({ length: node.ChildCount }, (_, index) => node.GetChild(index))
			.filter((child) => child && (child.ChildCount > 0 || child.Text))
			.map(toNode),
	});
	const result = { root: toNode(code.Syntax), problems };
	parsed.set(query, result);
	return result;
}
