import { describe, expect, it } from '@jest/globals';
import { parseLeadSource } from '../../../shared/lead/normalise.ts';

describe('parseLeadSource', () => {
	it.each([
		['AzureMarketplace', { source: 'AzureMarketplace' }],
		[
			'AzureMarketplace-INS|contoso.check-point-r77-10sg-byol',
			{ source: 'AzureMarketplace', action: 'INS', publisher: 'contoso', offer: 'check-point-r77-10sg-byol' },
		],
		[
			'SPZA-PLT|contoso.contoso-crm_preview-1234',
			{ source: 'SPZA', action: 'PLT', publisher: 'contoso', offer: 'contoso-crm_preview-1234' },
		],
		[
			'AzurePortal-Create|contoso.a.b-c.5f0e4a8e-2b7c-4b5e-9a57-3f1d6a1c9e10|x',
			{ source: 'AzurePortal', action: 'Create', publisher: 'contoso', offer: 'a.b-c.5f0e4a8e-2b7c-4b5e-9a57-3f1d6a1c9e10|x' },
		],
		['spza-dnc', { source: 'spza', action: 'dnc' }],
		['Partner-Portal', { source: 'Partner-Portal' }],
		['Partner-Portal|p.o', { source: 'Partner', action: 'Portal', publisher: 'p', offer: 'o' }],
		['Test run through MS Flow', { source: 'Test run through MS Flow' }],
		[' SPZA - INS | p . o ', { source: 'SPZA', action: 'INS', publisher: 'p', offer: 'o' }],
		['SPZA|contoso', { source: 'SPZA', publisher: 'contoso' }],
		['SPZA-|', { source: 'SPZA' }],
		['-INS|.o', { action: 'INS', offer: 'o' }],
		['|', {}],
		['', {}],
	])('takes %j apart', (leadSource, parts) => {
		expect(parseLeadSource(leadSource)).toEqual(parts);
	});
});
