import { describe, expect, it } from '@jest/globals';
import { contentId } from '../../../shared/lead/content-id.ts';
import type { Lead } from '../../../shared/lead/lead.ts';

const lead: Lead = {
	firstName: 'Ada',
	lastName: 'Lovelace Straße',
	email: 'ada@example.com',
	leadSource: 'AzureMarketplace',
	source: 'AzureMarketplace',
	action: 'INS',
	description: 'Please call me.',
	campaign: [
		{ name: 'mktcmpid', value: 'Spring' },
		{ name: 'partnerid', value: '1' },
	],
	unknown: [
		{ name: 'UserDetails.License', value: 'Gold' },
		{ name: 'tags[0]', value: 'hot' },
	],
	isTest: false,
	doNotContact: false,
	hasContact: true,
};
const same = (change: Partial<Lead>) => expect(contentId({ ...lead, ...change })).toBe(contentId(lead));
const other = (change: Partial<Lead>) => expect(contentId({ ...lead, ...change })).not.toBe(contentId(lead));

describe('contentId', () => {
	it('is a SHA-256 in hex, today as tomorrow: stored ones must go on matching', () => {
		expect(contentId(lead)).toBe('ada4d5ee540a85b53615ef8501b785692103da9b2611003a8fef790b3242553a');
	});

	it('does not see the casing of short members, nor runs of white space', () => {
		same({ firstName: 'ADA', lastName: 'LOVELACE  STRASSE', email: 'Ada@Example.com', leadSource: 'AZUREMARKETPLACE', action: 'ins' });
		same({ description: 'Please\n call  me.' });
	});

	it('does not see the order and casing of names', () => {
		same({ campaign: lead.campaign?.toReversed() ?? [], unknown: lead.unknown?.toReversed() ?? [] });
		same({ unknown: lead.unknown?.map(({ name, value }) => ({ name: name.toUpperCase(), value })) ?? [] });
		expect(contentId(Object.fromEntries(Object.entries(lead).reverse()) as unknown as Lead)).toBe(contentId(lead));
	});

	it('sees another value in any member', () => {
		other({ firstName: 'Bob' });
		other({ email: 'bob@example.com' });
		other({ phone: '1' });
		other({ leadSource: 'SPZA' });
		other({ action: 'PLT' });
		other({ offerTitle: 'Contoso CRM' });
		other({ unknown: [] });
		other({ campaign: [] });
	});

	it('sees the casing of free text, parameters and unknown values', () => {
		other({ description: 'please call me.' });
		other({ campaign: lead.campaign?.map(({ name, value }) => ({ name, value: value.toLowerCase() })) ?? [] });
		other({ unknown: lead.unknown?.map(({ name, value }) => ({ name, value: value.toLowerCase() })) ?? [] });
	});

	it('sees a value that moved to another member', () => {
		other({ firstName: 'Lovelace Straße', lastName: 'Ada' });
		other({ campaign: lead.unknown ?? [], unknown: lead.campaign ?? [] });
		other({ unknown: [{ name: 'UserDetails.License', value: 'Gold tags[0] hot' }] });
	});
});
