import { flatten, maxNamedValues, type NamedNode, toNamedValues } from './flatten.ts';
import type { JsonMember } from './json-node.ts';
import type { NamedValue } from './lead.ts';

/** A member that is kept under its name. */
export type UnknownMember = NamedNode & Pick<JsonMember, 'offset' | 'json'>;

/** `true` for `null`, blank text and containers of nothing else. */
const isBlank = (member: NamedNode) => flatten([member])?.length === 0;

/**
 * Members that the marketplace's schema does not know, flattened, in the order they came. When that gives more than `maxNamedValues`, each is kept
 * as the JSON text it came in, and those that are still too many are gathered under the name `more`: nothing is lost, and a lead is never much larger
 * than its payload. (Then order and casing inside that text count in the content id.)
 */
export function gatherUnknown(members: UnknownMember[]): NamedValue[] {
	const inOrder = members.toSorted((one, other) => one.offset - other.offset);
	const flat = flatten(inOrder);
	if (flat) return flat;
	const kept = inOrder.filter((member) => !isBlank(member));
	const alone = kept.length > maxNamedValues ? kept.slice(0, maxNamedValues - 1) : kept;
	const rest = kept.slice(alone.length).map(({ json }) => json);
	return [
		...alone.flatMap(({ path, value }) => toNamedValues(path, value.kind === 'scalar' ? value.text : value.json)),
		...(rest.length > 0 ? toNamedValues('more', `{${rest.join(',\n')}}`) : []),
	];
}
