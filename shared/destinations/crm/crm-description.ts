import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut, largestThatFits } from '../../lead/clean-text.ts';
import type { NamedValue } from '../../lead/lead.ts';
import { actionInWords, leadLabels, leadMarks, leadReference, receivedInWords, sourceInWords } from '../../lead/lead-words.ts';
import type { Described } from './values-in.ts';

/** Behind what was shortened. */
export const cutMark = '… (shortened; the whole text is in the journal)';

/** A value that is not whole in a column. */
export interface Note {
	/** What people call the column. */
	label: string;
	text: string;
	/** Why it is not in its column at all: `is not a date`. */
	why?: string;
}

interface Content {
	/** What the field map says instead, and what of the lead is neither in it nor in a column. */
	own?: { text: string; left: Described } | undefined;
	notes: Note[];
}

/**
 * What has no column of its own, most important first. When it is too much, the longest parts are shortened, so that each is there with its beginning.
 *
 * @param max UTF-16 units
 */
export function crmDescription(request: DeliveryRequest, { own, notes }: Content, max: number): string {
	const { before, after } = own ? ownParts(request, own) : usualParts(request);
	const noted = notes.map(({ label, text, why }) => `${label}${why ? ` (${why})` : ''}: ${text}`);
	const parts = [...before, ...noted, ...after].filter((part) => part !== '');
	const joined = (share: number) => parts.map((part) => shorten(part, share)).join('\n\n');
	return cut(joined(largestThatFits(0, max, (share) => joined(share).length <= max)), max);
}

interface Parts {
	before: string[];
	after: string[];
}

function usualParts(request: DeliveryRequest): Parts {
	const { lead, leadId, receivedAt, earlier } = request;
	const head = lines([
		leadMarks(lead).join(', '),
		`Marketplace lead ${leadId}, received ${receivedInWords(receivedAt)}`,
		importedLine(request),
	]);
	const { before, after } = describedParts(lead);
	return { before: [head, earlier ? earlierLine(earlier) : '', ...before], after };
}

/** Of a longer text the end may be cut off. */
const surelyRead = 200;

/** Marks and the earlier lead come first unless the publisher's own words begin with them. */
function ownParts(request: DeliveryRequest, { text, left }: NonNullable<Content['own']>): Parts {
	const { lead, earlier } = request;
	const read = text.slice(0, surelyRead);
	const marks = leadMarks(lead).filter((mark) => !read.includes(`[${mark}]`));
	const told = !earlier || read.includes(leadReference(earlier.leadId));
	const { before, after } = describedParts(left);
	return {
		before: [lines([marks.join(', '), importedLine(request)]), told ? '' : earlierLine(earlier), text],
		after: [...before, ...after],
	};
}

function describedParts(lead: Described): Parts {
	const before = [
		lines([
			labelled(leadLabels.action, coded(actionInWords(lead), lead.action)),
			labelled(leadLabels.source, coded(sourceInWords(lead), lead.source)),
		]),
		lines([labelled(leadLabels.publisher, lead.publisher), labelled(leadLabels.offer, lead.offer)]),
		labelled(leadLabels.leadSource, lead.leadSource !== lead.source ? lead.leadSource : undefined),
		lead.description ?? '',
	];
	return { before, after: [named('Campaign parameters', lead.campaign), named('Other information', lead.unknown)] };
}

/** Sales should know that the customer has waited. */
const importedLine = ({ importedAt }: DeliveryRequest) =>
	importedAt ? `Imported from a file of the marketplace, ${receivedInWords(importedAt)}` : '';

function earlierLine({ leadId, receivedAt, action, recordUrl }: NonNullable<DeliveryRequest['earlier']>): string {
	const what = actionInWords({ ...(action && { action }) }) ?? 'another lead';
	const when = receivedInWords(new Date(receivedAt));
	return lines([`The same person was here before: ${what}, ${when}, lead #${leadReference(leadId)}`, recordUrl ?? '']);
}

function shorten(part: string, max: number): string {
	return part.length <= max ? part : cut(part, Math.max(0, max - cutMark.length)) + cutMark;
}

const lines = (texts: string[]) => texts.filter((text) => text !== '').join('\n');
const labelled = (label: string, text: string | undefined) => (text ? `${label}: ${text}` : '');
const coded = (words: string | undefined, code: string | undefined) => (words && words !== code ? `${words} (${code})` : code);
const named = (title: string, values: NamedValue[] = []) =>
	values.length > 0 ? lines([title, ...values.map(({ name, value }) => `${name}: ${value}`)]) : '';
