import { describe, expect, it } from '@jest/globals';
import type { Lead } from '../../../shared/lead/lead.ts';
import { type EarlierLead, earlierLeadOf } from '../../../shared/lead/same-person.ts';

const day = 86_400_000;
const now = 1_790_000_000_000;
const lead: Lead = { offerTitle: 'Contoso CRM', action: 'PLT', email: 'a@b.example', isTest: false, doNotContact: false, hasContact: true };
const current = { leadId: 'current', receivedAt: now, lead };
/** An earlier lead that is worth a mention; each test changes one thing. */
const earlier = (change: Partial<EarlierLead> = {}): EarlierLead => ({
	leadId: 'earlier',
	receivedAt: now - 12 * day,
	offer: 'Contoso CRM',
	action: 'INS',
	...change,
});

describe('the same person again', () => {
	it('is mentioned when they did something else about the same offer', () => {
		expect(earlierLeadOf(current, [earlier()])).toEqual(earlier());
	});

	it.each<[string, Partial<EarlierLead>, boolean]>([
		['30 days ago', { receivedAt: now - 30 * day }, true],
		['more than 30 days ago', { receivedAt: now - 30 * day - 1 }, false],
		['later', { receivedAt: now + 1 }, false],
		['the lead itself', { leadId: 'current' }, false],
		['another offer', { offer: 'Contoso ERP' }, false],
		['the offer in another casing', { offer: 'CONTOSO  crm' }, true],
		['no offer', { offer: '' }, false],
		['the same action', { action: 'PLT' }, false],
		['the same action in another casing', { action: 'plt' }, false],
		['no action', { action: '' }, true],
		['a test', { isTest: true }, false],
	])('%s: %j: %s', (_, change, mentioned) => {
		expect(earlierLeadOf(current, [earlier(change)]) !== undefined).toBe(mentioned);
	});

	it('is mentioned by the latest of several leads', () => {
		const leads = [9, 3, 20].map((days) => earlier({ leadId: `${days}`, receivedAt: now - days * day }));
		expect(earlierLeadOf(current, leads)).toMatchObject({ leadId: '3' });
	});

	it('takes an offer by its id when there is no title, and none at all for no offer', () => {
		const { offerTitle, ...untitled } = lead;
		expect(earlierLeadOf({ ...current, lead: { ...untitled, offer: 'crm' } }, [earlier({ offer: 'CRM' })])).toBeDefined();
		expect(earlierLeadOf({ ...current, lead: untitled }, [earlier()])).toBeUndefined();
	});

	it('recognises a long title that the journal shortened', () => {
		const offerTitle = 'x'.repeat(1000);
		expect(earlierLeadOf({ ...current, lead: { ...lead, offerTitle } }, [earlier({ offer: offerTitle.slice(0, 200) })])).toBeDefined();
	});
});
