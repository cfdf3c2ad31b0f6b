import { isDeepStrictEqual } from 'node:util';
import { clean, oneLine } from './clean-text.ts';
import { childrenOf, flatten, gatherUnknown, type UnknownMember } from './flatten.ts';
import { type JsonMember, type JsonNode, parseJsonTree } from './json-tree.ts';
import type { Issue, Lead } from './lead.ts';
import { type Candidate, type KnownMember, mismatch, personMembers, sortMembers } from './sort-members.ts';
import { takeOffEnvelope } from './take-off-envelope.ts';

const textMembers = [...personMembers, 'offerTitle', 'leadSource', 'actionCode'] as const;

/** `undefined` when it says nothing, or is not a single value. */
const readText = (node: JsonNode) => (node.kind === 'scalar' && oneLine(node.text)) || undefined;

/** What the first candidate that is not blank says; the others, unless they say the same, are left to be kept as unknown members. */
function believe<T>(candidates: Candidate[], read: (node: JsonNode) => T | undefined) {
	const readings = candidates.map((candidate) => ({ candidate, said: read(candidate.value) }));
	const said = readings.find((reading) => reading.said !== undefined)?.said;
	const left: UnknownMember[] = [];
	const issues: Issue[] = [];
	for (const reading of readings) {
		const { path, value } = reading.candidate;
		if (reading.said === undefined) issues.push(mismatch(path, value, 'text'));
		const keep = reading.said === undefined ? value.kind !== 'scalar' : !isDeepStrictEqual(reading.said, said);
		if (keep) left.push(reading.candidate);
	}
	return { said, left, issues };
}

/** Publishers' Validate and Publish buttons send `MSFT_TEST_<ticks>`; in one variant as lead source too, which is therefore not looked at. */
const isTestText = (text = '') => /^MSFT_TEST/i.test(text);

/** What an envelope says beside the lead: no customer, and no text of one's own, but perhaps the offer. */
const ofAnyEnvelope = new Set<KnownMember>(['offerTitle', 'leadSource', 'actionCode']);

function sortPayload(payload: readonly JsonMember[]) {
	const { members, around } = takeOffEnvelope(payload);
	const sorted = sortMembers(members);
	const beside = sortMembers(around);
	const isOfOffer = ({ known }: Candidate) => ofAnyEnvelope.has(known);
	return {
		candidates: [...sorted.candidates, ...beside.candidates.filter(isOfOffer)],
		unknown: [...sorted.unknown, ...beside.unknown, ...beside.candidates.filter((candidate) => !isOfOffer(candidate))],
		issues: sorted.issues,
	};
}

/** Makes a lead of a payload's members. It may hold nothing; the issues say which known members could not be used, and matter only then. */
export function normalise(payload: readonly JsonMember[]): { lead: Lead; issues: Issue[] } {
	const { candidates, unknown, issues } = sortPayload(payload);
	const find = <T>(known: KnownMember, read: (node: JsonNode) => T | undefined): T | undefined => {
		const named = candidates.filter((candidate) => candidate.known === known);
		const { said, ...others } = believe(named, read);
		unknown.push(...others.left);
		issues.push(...others.issues);
		return said;
	};

	const said: Partial<Record<(typeof textMembers)[number], string>> = {};
	for (const known of textMembers) {
		const text = find(known, readText);
		if (text !== undefined) said[known] = text;
	}
	const { actionCode, ...texts } = said;
	const description = find('description', readDescription);
	const kept = gatherUnknown(unknown);
	const lead = {
		...texts,
		...parseLeadSource(texts.leadSource ?? ''),
		...(actionCode && { action: actionCode }),
		...description,
		...(kept.length > 0 && { unknown: kept }),
	};
	return {
		lead: {
			...lead,
			isTest: [lead.firstName, lead.lastName, lead.company, lead.email].some(isTestText),
			doNotContact: lead.action?.toLowerCase() === 'dnc',
			hasContact: Boolean(lead.email || lead.phone),
		},
		issues,
	};
}

/** Campaign parameters, or text. */
type Description = Pick<Lead, 'description' | 'campaign'>;

/** What the text holds when it is a JSON object. */
function objectIn(text: string): JsonNode | undefined {
	if (!text.startsWith('{')) return undefined;
	const tree = parseJsonTree(text);
	return tree.ok && tree.root.kind === 'object' ? tree.root : undefined;
}

/**
 * Reads a `Description`: a JSON object (as publishers report: a string that holds the listing URL's query parameters) becomes campaign parameters;
 * anything else, also an object of too many values, stays text. Undefined when it says nothing, or is an array.
 */
export function readDescription(node: JsonNode): Description | undefined {
	const text = node.kind === 'scalar' ? clean(node.text) : node.kind === 'object' ? clean(node.json) : '';
	const object = node.kind === 'object' ? node : objectIn(text);
	const campaign = object && flatten(childrenOf(object));
	if (campaign) return campaign.length > 0 ? { campaign } : undefined;
	return text ? { description: text } : undefined;
}

/** The sources that Microsoft names, folded. */
const knownSources = new Set(['azuremarketplace', 'azureportal', 'spza', 'testdrive']);

/** Both sides of the first separator, trimmed; all of it is left when there is none. */
function splitFirst(text: string, separator: string): [left: string, right: string] {
	const at = text.indexOf(separator);
	return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/**
 * Takes a lead source apart: `Source-Action|publisher.offer` or a plain source. Offer ids hold dots, dashes and GUIDs, so each separator counts once.
 * Without `|` a dash only counts after a source that Microsoft names: other senders' own sources may hold dashes.
 *
 * https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-get-customer-leads
 */
export function parseLeadSource(leadSource: string): Pick<Lead, 'source' | 'action' | 'publisher' | 'offer'> {
	const [left, right] = splitFirst(leadSource, '|');
	let [source, action] = splitFirst(left, '-');
	if (!leadSource.includes('|') && !knownSources.has(source.toLowerCase())) [source, action] = [left, ''];
	const [publisher, offer] = splitFirst(right, '.');
	return { ...(source && { source }), ...(action && { action }), ...(publisher && { publisher }), ...(offer && { offer }) };
}
