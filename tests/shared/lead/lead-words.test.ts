import { describe, expect, it } from '@jest/globals';
import { actionInWords, personName, sourceInWords } from '../../../shared/lead/lead-words.ts';

describe('sourceInWords', () => {
	it.each([
		['AzureMarketplace', 'Azure Marketplace'],
		['azureportal', 'Azure portal'],
		['SPZA', 'AppSource'],
		['TestDrive', 'Test drive'],
		['Test run through MS Flow', 'Test run through MS Flow'],
		['constructor', 'constructor'],
		[undefined, undefined],
	])('says of %j %j', (source, words) => {
		expect(sourceInWords(source === undefined ? {} : { source })).toBe(words);
	});
});

describe('actionInWords', () => {
	it.each([
		['INS', 'Acquired / Get it now'],
		['plt', 'Contact me'],
		['DNC', 'Cross-listed: do not contact'],
		['create', 'Purchased in the Azure portal'],
		['StartTestDrive', 'Started a test drive'],
		['NEW', 'NEW'],
		[undefined, undefined],
	])('says of %j %j', (action, words) => {
		expect(actionInWords(action === undefined ? {} : { action })).toBe(words);
	});
});

describe('personName', () => {
	it.each([
		[{ firstName: 'Ada', lastName: 'Lovelace', company: 'C' }, 'Ada Lovelace'],
		[{ firstName: 'Ada', company: 'C' }, 'Ada'],
		[{ lastName: 'Lovelace' }, 'Lovelace'],
		[{ company: 'Fabrikam', email: 'a@example.com' }, 'Fabrikam'],
		[{ email: 'a@example.com', phone: '1' }, 'a@example.com'],
		[{ phone: '1' }, '1'],
		[{}, undefined],
	])('of %j is %j', (lead, name) => {
		expect(personName(lead)).toBe(name);
	});
});
