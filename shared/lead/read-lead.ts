import { schemaIssues } from '../basics/schema-sentences.ts';
import { contentId } from './content-id.ts';
import { charsetOf, decodePayload } from './decode-payload.ts';
import { openJson, parseJsonTree } from './json-tree.ts';
import validate from './lead.schema.generated.cjs';
import type { Issue, Lead } from './lead.ts';
import { normalise } from './normalise.ts';

export type { Issue };

/** A lead and its content id, or why there is none. */
export type Reading = ({ ok: true; lead: Lead; contentId: string } | { ok: false; issues: Issue[] }) & {
	/** The charset in which it was read, when that was not told. */
	guessedCharset?: string;
};

/** A body that repeats a blank member thousands of times gets no answer of that length. */
const maxIssues = 50;

function refuse(issues: Issue[]): Reading {
	const more = issues.length - maxIssues;
	if (more <= 0) return { ok: false, issues };
	return { ok: false, issues: [...issues.slice(0, maxIssues), { pointer: '', detail: `Has ${more} more issues of this kind.` }] };
}

const nothingKnown =
	'None of the known lead fields has a value; at least one of UserDetails (FirstName, LastName, Email, Phone, Country, Company, Title), ' +
	'OfferTitle, LeadSource, ActionCode and Description is expected.';

/**
 * Reads a payload: bytes in, lead or refusal out. Liberal, because a refused lead is lost: whatever names one known member with a value is a lead.
 * Never throws; never quotes the payload.
 *
 * @param contentType The header, for its charset; absent or wrong does no harm.
 */
export function readLead(bytes: Uint8Array, contentType?: string): Reading {
	const { name, guessed } = charsetOf(bytes, contentType);
	return { ...readText(decodePayload(bytes, contentType)), ...(guessed && { guessedCharset: name }) };
}

/**
 * What flows make that put a text into JSON by themselves: line breaks and tabs within it that are not escaped; and what is unseen around it all. Only asked of
 * what is no JSON as it is.
 */
function withoutControls(text: string): string {
	let [begin, end] = [0, text.length];
	while (begin < end && unseen.test(text.charAt(begin))) begin++;
	while (end > begin && unseen.test(text.charAt(end - 1))) end--;
	const escaped = (control: string) => JSON.stringify(control).slice(1, -1);
	return text.slice(begin, end).replace(/"(?:[^"\\]|\\[\s\S]?)*(?:"|$)/g, (json) => json.replace(/\p{Cc}/gu, escaped));
}

const unseen = /[\s\p{Cc}\p{Cf}]/u;

function readText(text: string): Reading {
	const asItCame = parseJsonTree(text);
	const made = asItCame.ok ? asItCame : parseJsonTree(withoutControls(text));
	const tree = made.ok ? made : asItCame;
	if (!tree.ok) return refuse([{ pointer: '', detail: `The body ${tree.problem}; a JSON object is expected.` }]);
	const root = openJson(tree.root);
	if (root.kind !== 'object') return refuse([{ pointer: '', detail: 'The body is JSON, but not an object; a JSON object is expected.' }]);
	const { lead, issues } = normalise(root.members);
	if (!validate(lead)) return refuse([...schemaIssues(validate.errors ?? [], nothingKnown), ...issues]);
	return { ok: true, lead, contentId: contentId(lead) };
}
