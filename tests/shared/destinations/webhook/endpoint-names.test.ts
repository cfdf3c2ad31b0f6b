import { describe, expect, it } from '@jest/globals';
import { whyNoEndpoint } from '../../../../shared/destinations/webhook/endpoint-names.ts';

describe('a setting of an endpoint that is mistyped', () => {
	it.each([
		['WEBHOOK_SALES_ULR', 'WEBHOOK_SALES_URL'],
		['WEBHOOK_SALES_UR', 'WEBHOOK_SALES_URL'],
		['WEBHOOK_SALES_URI', 'WEBHOOK_SALES_URL'],
		['WEBHOOK_SALES_ADDRESS', 'WEBHOOK_SALES_URL'],
		['webhook_sales_url1', 'WEBHOOK_SALES_URL'],
		['WEBHOOK_SALESURL', 'WEBHOOK_SALES_URL'],
		['WEBHOOK_SALES__URL', 'WEBHOOK_SALES_URL'],
		['WEBHOOK_SALES_FROMAT', 'WEBHOOK_SALES_FORMAT'],
		['WEBHOOK_SALES_TYPE', 'WEBHOOK_SALES_FORMAT'],
		['WEBHOOK_SALES_SECRETS', 'WEBHOOK_SALES_SECRET'],
		['WEBHOOK_SALES_SIGNING_SECRET', 'WEBHOOK_SALES_SECRET'],
		['WEBHOOK_SALES_AUTH', 'WEBHOOK_SALES_AUTHORIZATION'],
		['WEBHOOK_SALES_AUTHORISATION', 'WEBHOOK_SALES_AUTHORIZATION'],
		['WEBHOOK_SALES_TOKEN', 'WEBHOOK_SALES_AUTHORIZATION'],
		['WEBHOOK_SALES_HEADER', 'WEBHOOK_SALES_HEADERS'],
		['WEBHOOK_EU2_FEILDS', 'WEBHOOK_EU2_FIELDS'],
		['WEBHOOK_SALES_BDOY', 'WEBHOOK_SALES_BODY'],
		['WEBHOOK_SALES_TITEL', 'WEBHOOK_SALES_TITLE'],
		['WEBHOOK_SALES_TIMEOUT', 'WEBHOOK_TIMEOUT'],
		['WEBHOOK_SALES_PRIVATE_NETWORKS', 'WEBHOOK_PRIVATE_NETWORKS'],
	])('%s is told to be meant as %s, whatever other endpoints there are', (name, meant) => {
		for (const environment of [{}, { WEBHOOK_US_URL: 'https://x.example/', WEBHOOK_SALE_URL: 'https://x.example/' }])
			expect(whyNoEndpoint(name, environment)).toEqual({
				problem: `is not a setting of the app; did you mean ${meant}?`,
				next: `Rename it to ${meant}, or remove it.`,
			});
	});

	it.each([
		'WEBHOOK_SALES',
		'WEBHOOK_TIMEOT',
		'WEBHOOK_PRIVATE_NETWORK',
		'WEBHOOK_SALES_COLOUR',
		'WEBHOOK_URL',
		'WEBHOOK_SALES_',
		'WEBHOOK_SALES_URL',
		'EMAIL_TO',
	])('%s is not told to be one', (name) => {
		expect(whyNoEndpoint(name, { [name]: 'x' })).toBeUndefined();
	});
});
