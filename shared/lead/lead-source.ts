import type { Lead } from './lead.ts';

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
