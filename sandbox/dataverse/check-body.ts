import { type JsonMember, parseJsonTree, repeatedMembers } from '../../shared/lead/json-tree.ts';
import type { Refusal } from '../refusal.ts';
import type { Column } from './column.ts';
import { payloadRefusal } from './payload-refusal.ts';

const leadTypes = new Set(['"Microsoft.Dynamics.CRM.lead"', '"#Microsoft.Dynamics.CRM.lead"']);

/**
 * Refuses what Microsoft's OData library refuses in the text of a body, and `JSON.parse` passes over: a member twice, a whole number with a point or an
 * exponent, a wrong type. Of annotations only those pass that a client of leads needs. Found by asking it: tests/foreign/odata.json.
 */
export function checkBody(text: string, columns: Column[]): Refusal | undefined {
	const tree = parseJsonTree(text);
	if (!tree.ok || tree.root.kind !== 'object') return payloadRefusal('A payload that is a JSON object was expected.');
	const [repeated] = repeatedMembers(tree.root);
	if (repeated) return payloadRefusal(`Multiple properties with the name '${repeated}' were detected in a resource.`);
	for (const member of tree.root.members) {
		const why = whyNot(member, columns);
		if (why) return payloadRefusal(why);
	}
	return undefined;
}

function whyNot({ name, value: { json } }: JsonMember, columns: Column[]): string | undefined {
	if (name === '@odata.type')
		return leadTypes.has(json)
			? undefined
			: `A type named ${json} could not be resolved by the model, or is not 'Microsoft.Dynamics.CRM.lead'.`;
	if (name.endsWith('@odata.bind'))
		return json.startsWith('"') ? undefined : `The annotation '${name}' has the value ${json}; a string was expected.`;
	if (name.includes('@')) return `The annotation '${name}' is not one that the sandbox understands.`;
	if (name === 'leadid' && json === 'null')
		return "A null value was found for the property named 'leadid', which has the type 'Edm.Guid[Nullable=False]'.";
	const isWhole = columns.some((column) => column.name === name && ['Integer', 'Picklist', 'State', 'Status'].includes(column.kind));
	if (isWhole && /^-?[\d.]+(e|E|\.)/.test(json)) return `Cannot convert the literal '${json}' to the expected type 'Edm.Int32'.`;
	return undefined;
}
