import { parseJsonTree, repeatedMembers } from '../../../lead/json-tree.ts';
import { type CheckedFieldMap, checkFieldMap } from './check-field-map.ts';

/** Reads `DATAVERSE_FIELDS`. Never throws, never quotes a value. */
export function readFieldMap(text: string): CheckedFieldMap {
	const tree = parseJsonTree(text);
	if (!tree.ok) return { fields: {}, issues: [{ problem: tree.problem }] };
	const { fields, issues } = checkFieldMap(JSON.parse(text));
	for (const member of repeatedMembers(tree.root)) {
		const column = member.split('.')[0] ?? member;
		issues.push({ column, problem: `column \`${column}\`: \`${member}\` is given more than once` });
		delete fields[column];
	}
	return { fields, issues };
}
