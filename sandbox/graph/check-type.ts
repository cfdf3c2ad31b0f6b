import type { GraphType } from './message-type.ts';

const nodeOf = (value: unknown) => (Array.isArray(value) ? 'StartArray' : typeof value === 'object' ? 'StartObject' : 'PrimitiveValue');
const wantedNode = { list: 'StartArray', object: 'StartObject' } as const;

/** Checks a value against a type; what is wrong in Graph's words (code `RequestBodyRead`), undefined when nothing is. `null` passes as absent. */
export function checkType(value: unknown, type: GraphType, property: string): string | undefined {
	if (value === null) return undefined;
	const wanted = type.is === 'list' || type.is === 'object' ? wantedNode[type.is] : 'PrimitiveValue';
	if (type.is !== 'anything' && nodeOf(value) !== wanted) {
		return `An unexpected '${nodeOf(value)}' node was found for property named '${property}' when reading from the JSON reader. A '${wanted}' node was expected.`;
	}
	switch (type.is) {
		case 'anything':
			return undefined;
		case 'Edm.String':
			return typeof value === 'string' ? undefined : `Cannot convert the literal '${value}' to the expected type 'Edm.String'.`;
		case 'Edm.Boolean':
			return typeof value === 'boolean' ? undefined : `Cannot convert the literal '${value}' to the expected type 'Edm.Boolean'.`;
		case 'enumeration':
			return type.members.includes(String(value).toLowerCase()) ? undefined : `Requested value '${value}' was not found.`;
		case 'list':
			return first((value as unknown[]).map((item) => () => (item === null ? noNull(property) : checkType(item, type.of, property))));
		case 'object':
			return first(
				Object.entries(value as object).map(
					([name, inner]) =>
						() =>
							checkProperty(name, inner, type),
				),
			);
	}
}

const noNull = (property: string) =>
	`A null value was found for the property named '${property}', which has the expected type 'Collection(microsoft.graph.${property})'. The expected type cannot hold null values.`;

function checkProperty(name: string, value: unknown, type: Extract<GraphType, { is: 'object' }>): string | undefined {
	if (name.includes('@')) return undefined; // an annotation, such as @odata.type
	const known = Object.hasOwn(type.properties, name) ? type.properties[name] : undefined;
	if (known) return checkType(value, known, name);
	return `The property '${name}' does not exist on type 'microsoft.graph.${type.name}'. Make sure to only use property names that are defined by the type or mark the type as open type.`;
}

/** The first check that finds something. */
function first(checks: (() => string | undefined)[]): string | undefined {
	for (const check of checks) {
		const found = check();
		if (found) return found;
	}
	return undefined;
}
