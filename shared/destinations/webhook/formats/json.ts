import { templateView } from '../../../templates/template-view.ts';
import { byStatus, delivered, transient, wordIn } from './common-outcome.ts';
import { campaignMembers, flatLead } from './flat-lead.ts';
import type { Format } from './format.ts';
import { renderFields } from './render-fields.ts';

/** One level, and every member always there: Zapier, Make and n8n learn the members from the first lead that they see. */
export const json: Format = {
	compose: (request, own) => {
		const { fields, warnings } = renderFields(
			own.fields ?? {},
			templateView({ ...request, locale: own.locale, timeZone: own.timeZone }),
			own,
		);
		return {
			headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': request.leadId },
			body: JSON.stringify({ ...flatLead(request), ...campaignMembers(request.lead.campaign), ...fields }),
			warnings,
		};
	},
	readsSuccess: false,
	outcome: (answered) => {
		const { status, text } = answered.answer;
		// Make's queue is full: https://www.make.com says so with 400, and takes leads again as soon as a scenario has run.
		if (status === 400 && wordIn(text, ['queue is full']))
			return transient(answered, { word: 'queue-full', reason: 'the queue of the scenario is full (400)' });
		return byStatus(answered, () => delivered(answered, `accepted (${status})`));
	},
};
