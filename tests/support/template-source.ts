import type { Lead } from '../../shared/lead/lead.ts';
import type { TemplateSource } from '../../shared/templates/template-view.ts';

/** What a view is made of; each test changes one thing. */
export function templateSource(lead: Partial<Lead> = {}, change: Partial<TemplateSource> = {}): TemplateSource {
	return {
		lead: {
			firstName: 'Ada',
			lastName: 'Lovelace',
			email: 'ada@example.com',
			company: 'Analytical Engines Ltd',
			offerTitle: 'Contoso CRM',
			source: 'SPZA',
			action: 'PLT',
			description: 'Please call me.\nThanks',
			isTest: false,
			doNotContact: false,
			hasContact: true,
			...lead,
		},
		leadId: '0190f0a0-0000-7000-8000-01231a2b3c4d',
		receivedAt: new Date('2026-11-23T22:46:00Z'),
		locale: 'en-GB',
		timeZone: 'UTC',
		...change,
	};
}
