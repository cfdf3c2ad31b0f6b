import { oneLine } from './clean-text.ts';
import { decodePayload } from './decode-payload.ts';
import { type JsonMember, type JsonNode, openJson } from './json-tree.ts';
import { isPerson, type KnownMember, sortMembers } from './sort-members.ts';

/** Under these names flows, queues and events pass on what they were given. Under any other name, only a customer shows that it is a lead. */
const wrappers = new Set([
	...['body', 'lead', 'data', 'payload', 'content', 'value', 'message', 'record', 'entity', 'item', 'event', 'properties', 'request'],
	...['$content', 'data_base64'],
]);

/** What these say of the way of the lead, they say of no one's lead: it differs from one sending to the next, and makes news of a lead that is sent again. */
const stamps = {
	/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes and Event Grid's own schema. */
	event: new Set(
		'specversion id source type subject time datacontenttype dataschema eventtype eventtime dataversion metadataversion topic'.split(' '),
	),
	/** The outputs of an HTTP trigger in Power Automate and Logic Apps. */
	request: new Set('headers queries query method url path relativepathparameters statuscode'.split(' ')),
	/** How Logic Apps write a body that is not declared to be JSON. */
	content: new Set(['$content-type', '$multipart']),
};

/** Who the customer is, or what it wants, is said by these; a country or a title alone may be anything's. */
const tellingMembers = new Set<KnownMember>([
	...(['firstName', 'lastName', 'email', 'phone', 'company'] as const),
	...(['offerTitle', 'leadSource', 'actionCode'] as const),
]);
const whoMembers = new Set<KnownMember>(['firstName', 'lastName', 'email', 'phone', 'company']);

/** One in the other: an event in a list in a request. Each has few members: a payload of thousands costs no more than to read it. */
const mostEnvelopes = 4;
const mostInEnvelope = 100;

/** A payload's members, or a part of them. */
type Members = readonly JsonMember[];

/**
 * The members of a lead without the envelope that a flow, a queue or an event put around it, and what else is in the envelope. An object that names a
 * customer of its own is not an envelope, and neither is one with two that could be the lead: what cannot be told with certainty is left as it is.
 */
export function takeOffEnvelope(members: Members, depth = 0): { members: Members; around: Members } {
	const asItIs = { members, around: [] };
	if (depth === mostEnvelopes || members.length > mostInEnvelope || members.some(isPerson)) return asItIs;
	const own = said(members);
	if (some(own, whoMembers)) return asItIs;
	const type = typeOfBytes(members);
	const [found, ...others] = members.flatMap((member) => {
		const opened = openJson(inBase64(member, type) ?? member.value, member.offset);
		const inner = opened.kind === 'object' ? takeOffEnvelope(opened.members, depth + 1) : undefined;
		return inner && isLead(member, inner.members, own.size === 0) ? [{ member, inner }] : [];
	});
	if (!found || others.length > 0) return asItIs;
	const stamps = stampsOf(members, found.member);
	const around = members.filter((member) => member !== found.member && !stamps.has(member.name.toLowerCase()));
	return { members: found.inner.members, around: [...around, ...found.inner.around] };
}

/** A customer says so for sure; without one it takes a name that wrappers have, and nothing around it that is a lead itself. */
function isLead({ name }: JsonMember, inner: Members, alone: boolean): boolean {
	const inside = said(inner);
	const folded = name.toLowerCase();
	if (folded === 'lead' ? some(inside, whoMembers) : inner.some(isPerson) && some(inside, tellingMembers)) return true;
	return alone && wrappers.has(folded) && some(inside, tellingMembers);
}

const typeNames = new Set(['$content-type', 'datacontenttype']);
const typeOfBytes = (members: Members) => members.find(({ name }) => typeNames.has(name.toLowerCase()))?.value;

const base64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Logic Apps and CloudEvents write bytes so. */
function inBase64({ name, value }: JsonMember, type: JsonNode | undefined): JsonNode | undefined {
	if (!/^(?:\$content|data_base64)$/i.test(name) || value.kind !== 'scalar' || !base64.test(value.text)) return undefined;
	const text = decodePayload(Buffer.from(value.text, 'base64'), type?.kind === 'scalar' ? type.text : undefined);
	return { kind: 'scalar', text, json: value.json };
}

/** The known members that say something. */
function said(members: Members): Set<KnownMember> {
	const { candidates } = sortMembers(members);
	return new Set(candidates.flatMap(({ known, value }) => (value.kind === 'scalar' && oneLine(value.text) ? [known] : [])));
}

const some = (names: ReadonlySet<KnownMember>, of: ReadonlySet<KnownMember>) => [...names].some((name) => of.has(name));

function stampsOf(members: Members, wrapper: JsonMember): ReadonlySet<string> {
	if (members.some(({ name }) => /^(?:specversion|eventtype)$/i.test(name))) return stamps.event;
	return wrapper.name.toLowerCase() === 'body' ? stamps.request : stamps.content;
}
