import type { Lead, NamedValue } from '../../lead/lead.ts';
import { actionInWords, sourceInWords } from '../../lead/lead-words.ts';
import { valuesIn } from './values-in.ts';

/** What the description usually says of a lead. */
export type Described = Pick<Lead, 'action' | 'source' | 'publisher' | 'offer' | 'leadSource' | 'description' | 'campaign' | 'unknown'>;

/** What of it is in none of the texts: a field map may leave it out, and sales finds it in the description nevertheless. */
export function whatIsNowhere(lead: Lead, texts: readonly string[]): Described {
	const { publisher, offer, description, campaign = [], unknown = [] } = lead;
	const [actionWords, sourceWords] = [actionInWords(lead), sourceInWords(lead)];
	const single = [lead.action, actionWords, lead.source, sourceWords, lead.leadSource, publisher, offer, description];
	const said = valuesIn(
		texts,
		[...single, ...[...campaign, ...unknown].map(({ value }) => value)].filter((value) => value !== undefined),
	);
	const isNowhere = (...wordings: (string | undefined)[]) => !wordings.some((wording) => wording !== undefined && said.has(wording));
	const left = (values: NamedValue[]) => values.filter(({ value }) => isNowhere(value));
	const action = isNowhere(lead.action, actionWords) ? lead.action : undefined;
	const source = isNowhere(lead.source, sourceWords) ? lead.source : undefined;
	const leadSource = lead.leadSource !== lead.source && isNowhere(lead.leadSource) ? lead.leadSource : undefined;
	return {
		...(action && { action }),
		...(source && { source }),
		...(leadSource && { leadSource }),
		...(publisher && isNowhere(publisher) && { publisher }),
		...(offer && isNowhere(offer) && { offer }),
		...(description && isNowhere(description) && { description }),
		campaign: left(campaign),
		unknown: left(unknown),
	};
}
