import { isSameUrl } from './endpoint.ts';
import { differences, isByHand, isRunning, type OfferState } from './offer-state.ts';
import type { Resource } from './partner-center.ts';

/** What is to be done next with an offer, so that its leads go to an address everywhere. */
export type Step =
	| { kind: 'done' }
	| { kind: 'wait'; why: string }
	/** Only a person can go on. */
	| { kind: 'left'; why: string }
	| { kind: 'set' | 'preview' | 'live'; resource: Resource };

export interface Wanted {
	url: string;
	/** Whether an address of the draft may be replaced. */
	mayReplace: (url: string | undefined, destination: string) => boolean;
	/** Only the draft: nothing is published. */
	draftOnly?: boolean;
	/** The draft is published as it is, even if it is not what is wanted. */
	publishOnly?: boolean;
	/** Other changes of the draft may be published with it. */
	withOtherChanges: boolean;
}

/** Decides by what was read alone: whoever did the steps before, and however they ended. */
export function nextStep(offer: OfferState, wanted: Wanted): Step {
	const { draft, preview, live } = offer.targets;
	if (isByHand(offer)) return { kind: 'left', why: `the API does not show its lead destination: ${byHand}` };
	if (draft.kind !== 'known') return { kind: 'wait', why: draft.kind === 'unread' ? draft.why : 'it has no draft' };
	if (!isSameUrl(draft.url, wanted.url) || draft.destination !== 'httpsEndpoint') {
		if (wanted.publishOnly) return { kind: 'left', why: 'its draft has another lead destination: set it first' };
		if (!wanted.mayReplace(draft.url, draft.destination))
			return { kind: 'left', why: `its draft has another lead destination (${draft.destination}): --replace overwrites it` };
		return { kind: 'set', resource: toLeads(offer, draft.leads, wanted.url) };
	}
	if (wanted.draftOnly) return { kind: 'done' };
	for (const target of [preview, live]) if (target.kind === 'unread') return { kind: 'wait', why: target.why };
	const isThere = (target: typeof live) => target.kind === 'known' && isSameUrl(target.url, wanted.url);
	const isPublished = live.kind !== 'none';
	if (!isPublished && preview.kind === 'none') return { kind: 'done' };
	if ((preview.kind === 'none' || isThere(preview)) && (!isPublished || isThere(live))) return { kind: 'done' };
	if (!offer.submissions) return { kind: 'wait', why: 'its submissions cannot be read' };
	if (isRunning(offer)) return { kind: 'wait', why: 'it is being published' };
	const submission = { $schema: 'https://schema.mp.microsoft.com/schema/submission/2022-03-01-preview2', product: offer.id };
	if (!isThere(preview)) {
		const refusal = otherChanges(offer, isPublished ? 'live' : 'preview', 'draft', wanted);
		return refusal ?? { kind: 'preview', resource: { ...submission, target: { targetType: 'preview' } } };
	}
	const refusal = otherChanges(offer, 'live', 'preview', wanted);
	const inPreview = offer.submissions.find(({ target }) => target === 'preview');
	if (!inPreview) return { kind: 'wait', why: 'the submission of its preview is not listed yet' };
	return refusal ?? { kind: 'live', resource: { ...submission, id: inPreview.id, target: { targetType: 'live' } } };
}

/** Where to click for what the API does not do. */
export const byHand = 'Partner Center > Marketplace offers > the offer > Offer setup > Customer leads > Edit';

function otherChanges(
	{ targets }: OfferState,
	from: 'live' | 'preview',
	to: 'draft' | 'preview',
	{ withOtherChanges }: Wanted,
): Step | undefined {
	if (withOtherChanges) return undefined;
	const changed = differences(targets[from], targets[to]);
	if (changed === undefined) return { kind: 'left', why: 'nothing tells whether other changes would be published with it' };
	if (changed.length === 0) return undefined;
	return { kind: 'left', why: `other changes would be published with it (${changed.join(', ')}): --with-other-changes publishes them too` };
}

/** The resource as it was read, with another destination; the settings of the one before are not kept, as they may hold its secrets. */
function toLeads({ id }: OfferState, leads: Resource, url: string): Resource {
	const kept = Object.entries(leads).filter(([name]) => !/LeadConfiguration$/.test(name));
	return {
		...(Object.fromEntries(kept) as Resource),
		product: id,
		leadDestination: 'httpsEndpoint',
		httpsEndpointLeadConfiguration: { httpsEndpointUrl: url },
	};
}
