import type { Refusal } from '../refusal.ts';
import type { Choice, Column } from './column.ts';
import { knownRecords } from './known-records.ts';
import { noProperty } from './select-columns.ts';

type Metadata = { ok: true; value: Record<string, unknown>[] } | { ok: false; refusal: Refusal };

const label = (text: string) => {
	const localized = { Label: text, LanguageCode: 1033, IsManaged: true };
	return { LocalizedLabels: [localized], UserLocalizedLabel: localized };
};
const option = ({ value, label: text, state }: Choice) => ({
	Value: value,
	Label: label(text),
	...(state !== undefined && { State: state }),
});
const isExpandable = (name: string) => name === 'OptionSet' || name === 'GlobalOptionSet';

/** A column as the metadata describes it; option sets are there when they are expanded. */
function describe(column: Column): Record<string, unknown> {
	const common = {
		LogicalName: column.name,
		SchemaName: column.name,
		AttributeType: column.kind,
		DisplayName: label(column.label),
		IsValidForCreate: !column.readOnly,
		IsValidForUpdate: !column.readOnly && !column.createOnly,
		IsValidForRead: true,
		RequiredLevel: {
			Value: column.required ?? 'None',
			CanBeChanged: column.required !== 'SystemRequired',
			ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
		},
	};
	switch (column.kind) {
		case 'String':
			return { ...common, MaxLength: column.maxLength, FormatName: { Value: column.format ?? 'Text' } };
		case 'Memo':
			return { ...common, MaxLength: column.maxLength };
		case 'Picklist':
		case 'State':
		case 'Status':
			return { ...common, OptionSet: { IsGlobal: false, Options: column.choices.map(option) }, GlobalOptionSet: null };
		case 'Integer':
			return { ...common, MinValue: column.min, MaxValue: column.max };
		case 'Decimal':
		case 'Double':
		case 'Money':
			return { ...common, MinValue: column.min, MaxValue: column.max, Precision: column.precision ?? 2 };
		case 'Lookup':
			return { ...common, Targets: column.targets.map(tableOf) };
		case 'DateTime':
			return { ...common, DateTimeBehavior: { Value: column.dateOnly ? 'DateOnly' : 'UserLocal' } };
		case 'Boolean':
		case 'Uniqueidentifier':
			return common;
	}
}

const tableOf = (set: string) => knownRecords[set]?.table ?? set;

/** `EntityDefinitions(LogicalName='lead')/Attributes?$filter=IsSecured eq true`: no other question is answered. */
export const securedMetadata = (columns: Column[], secured: string[]): Record<string, unknown>[] =>
	columns
		.filter(({ name }) => secured.includes(name))
		.map(({ name }, index) => ({ LogicalName: name, MetadataId: attributeId(index), IsSecured: true, CanBeSecuredForCreate: true }));

const attributeId = (index: number) => `5a4db0c5-0000-4000-8000-a${String(index).padStart(11, '0')}`;

/** `EntityDefinitions(LogicalName='lead')/ManyToOneRelationships`: the navigation property of each lookup, for each table that it may point to. */
export function relationshipMetadata(columns: Column[], select: string | undefined): Metadata {
	const relationships: Record<string, string>[] = columns.flatMap((column) =>
		column.kind !== 'Lookup'
			? []
			: (column.name === 'ownerid' ? ['owner'] : column.targets.map(tableOf)).map((table) => ({
					ReferencingAttribute: column.name,
					ReferencingEntity: 'lead',
					ReferencingEntityNavigationPropertyName: column.navigation ?? column.name,
					ReferencedEntity: table,
					SchemaName: `${table}_leads_${column.name}`,
				})),
	);
	const names = select?.split(',') ?? Object.keys(relationships[0] ?? {});
	const unknown = names.find((name) => relationships[0] && !(name in relationships[0]));
	if (unknown) return { ok: false, refusal: noProperty(unknown, 'OneToManyRelationshipMetadata') };
	return { ok: true, value: relationships.map((relationship) => Object.fromEntries(names.map((name) => [name, relationship[name]]))) };
}

/** `EntityDefinitions(LogicalName='lead')/Attributes/Microsoft.Dynamics.CRM.<kind>AttributeMetadata?$select=…&$expand=…`. */
export function attributeMetadata(
	columns: Column[],
	{ kind, select, expand }: { kind: string; select: string | undefined; expand: string | undefined },
): Metadata {
	const described = columns.filter((column) => column.kind === kind).map(describe);
	const expanded = expand?.split(',') ?? [];
	const names = select?.split(',') ?? Object.keys(described[0] ?? {}).filter((name) => !isExpandable(name));
	const unknown = [...names, ...expanded].find((name) => described.length > 0 && !(name in (described[0] ?? {})));
	if (unknown) return { ok: false, refusal: noProperty(unknown, `${kind}AttributeMetadata`) };
	return {
		ok: true,
		value: described.map((column) => Object.fromEntries([...new Set([...names, ...expanded])].map((name) => [name, column[name]]))),
	};
}
