import { type Dataverse, getRows, mostOfMetadata } from '../get-json.ts';
import { builtInColumns } from './built-in-columns.ts';
import type { Choice, LeadColumn, LeadColumns } from './lead-column.ts';

const table = "EntityDefinitions(LogicalName='lead')";
const ofAll = ['LogicalName', 'DisplayName', 'RequiredLevel', 'IsValidForCreate'];

/**
 * Asks an environment for the columns of its table of leads, all kinds side by side. Throws when one question is not answered: half a table would drop
 * columns that exist. https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
 */
export async function readColumns({ getToken, ...rest }: Dataverse, signal: AbortSignal): Promise<LeadColumns> {
	// One token for all questions: asked side by side, each would ask the identity for one of its own.
	const token = getToken(`${rest.url}/.default`, signal);
	const dataverse = { ...rest, getToken: () => token };
	const limits = { signal, mostBytes: mostOfMetadata };
	const kinds = Object.keys(readKinds) as ReadKind[];
	const relationship = '$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName';
	const [relationships = [], ...byKind] = await Promise.all([
		getRows(dataverse, `${table}/ManyToOneRelationships?${relationship}`, limits),
		...kinds.map((kind) =>
			getRows(dataverse, `${table}/Attributes/Microsoft.Dynamics.CRM.${kind}AttributeMetadata?${queryOf(kind)}`, limits),
		),
	]);
	const found = kinds.flatMap((kind, index) =>
		(byKind[index] ?? []).flatMap((row) => [toColumn(kind, row)].filter((column) => column !== undefined)),
	);
	const byName = new Map<string, LeadColumn>(found);
	for (const row of relationships) addTarget(byName, row);
	if (!byName.has('subject')) throw new TypeError('Dataverse named no columns of leads');
	return { complete: true, byName };
}

const queryOf = (kind: ReadKind) =>
	`$select=${[...ofAll, ...readKinds[kind]].join(',')}${kind === 'Picklist' ? '&$expand=OptionSet,GlobalOptionSet' : ''}`;

function addTarget(byName: Map<string, LeadColumn>, row: unknown): void {
	const {
		ReferencingAttribute: name,
		ReferencedEntity: target,
		ReferencingEntityNavigationPropertyName: property,
	} = (row ?? {}) as Record<string, unknown>;
	const column = typeof name === 'string' ? byName.get(name) : undefined;
	if (column?.type === 'lookup' && typeof target === 'string' && typeof property === 'string')
		column.targets.push({ table: target, property });
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);
const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

/** The kinds of columns that are read, as the environment calls them, and what of each beside what all of them have. */
const readKinds = {
	String: ['MaxLength', 'FormatName'],
	Memo: ['MaxLength'],
	Picklist: [],
	Integer: ['MinValue', 'MaxValue'],
	Decimal: ['MinValue', 'MaxValue', 'Precision'],
	Double: ['MinValue', 'MaxValue', 'Precision'],
	Money: ['MinValue', 'MaxValue', 'Precision'],
	Boolean: [],
	DateTime: ['DateTimeBehavior'],
	Lookup: [],
};
type ReadKind = keyof typeof readKinds;

/** A column from its metadata, with its name; undefined when no value can be given to it at create. */
function toColumn(kind: ReadKind, metadata: unknown): [name: string, column: LeadColumn] | undefined {
	const name = member(metadata, 'LogicalName');
	if (typeof name !== 'string' || member(metadata, 'IsValidForCreate') === false) return undefined;
	const label = member(member(member(metadata, 'DisplayName'), 'UserLocalizedLabel'), 'Label');
	const common = {
		...(typeof label === 'string' && label && { label }),
		...(member(member(metadata, 'RequiredLevel'), 'Value') === 'ApplicationRequired' && { required: true }),
	};
	const column = toTyped(kind, metadata, name);
	return column && [name, { ...common, ...column }];
}

function toTyped(kind: ReadKind, metadata: unknown, name: string): LeadColumn | undefined {
	const maxLength = member(metadata, 'MaxLength');
	const range = (least: number, most: number) => ({
		min: number(member(metadata, 'MinValue'), least),
		max: number(member(metadata, 'MaxValue'), most),
	});
	switch (kind) {
		case 'String':
			return typeof maxLength === 'number'
				? { type: 'text', maxLength, ...(isIndivisible(metadata, name) && { indivisible: true }) }
				: undefined;
		case 'Memo':
			return typeof maxLength === 'number' ? { type: 'memo', maxLength } : undefined;
		case 'Integer':
			return { type: 'wholeNumber', ...range(-(2 ** 31), 2 ** 31 - 1) };
		case 'Decimal':
		case 'Double':
		case 'Money': {
			const precision = member(metadata, 'Precision');
			return {
				type: 'decimal',
				...range(-100_000_000_000, 100_000_000_000),
				...(typeof precision === 'number' && { precision }),
				...(kind === 'Money' && { money: true }),
			};
		}
		case 'Boolean':
			return { type: 'boolean' };
		case 'DateTime':
			return { type: 'date', ...(member(member(metadata, 'DateTimeBehavior'), 'Value') === 'DateOnly' && { dateOnly: true }) };
		case 'Picklist':
			return { type: 'choice', choices: toChoices(metadata) };
		case 'Lookup':
			return { type: 'lookup', targets: [] };
	}
}

/** The environment may call a phone number plain text: what it is by its name stays so. */
function isIndivisible(metadata: unknown, name: string): boolean {
	const known = builtInColumns.byName.get(name);
	const format = member(member(metadata, 'FormatName'), 'Value');
	return (known?.type === 'text' && known.indivisible === true) || ['Email', 'Phone', 'Url'].includes(String(format));
}

/** A choice of its own has an `OptionSet`, one that is shared a `GlobalOptionSet`. */
function toChoices(metadata: unknown): Choice[] {
	const own = member(member(metadata, 'OptionSet'), 'Options');
	const options = Array.isArray(own) ? own : member(member(metadata, 'GlobalOptionSet'), 'Options');
	return (Array.isArray(options) ? options : []).flatMap((option) => {
		const value = member(option, 'Value');
		const localized = member(member(option, 'Label'), 'LocalizedLabels');
		const all = [member(member(option, 'Label'), 'UserLocalizedLabel'), ...(Array.isArray(localized) ? localized : [])];
		const labels = new Set(all.map((one) => member(one, 'Label')).filter((text) => typeof text === 'string'));
		return typeof value === 'number' ? [{ value, labels: [...labels] }] : [];
	});
}
