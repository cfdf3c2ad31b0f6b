import { expect, it } from '@jest/globals';
import { spillQueue } from '../../shared/accept/spill.ts';
import { journalTable } from '../../shared/journal/table/table-journal.ts';
import { bellQueue } from '../../shared/queues/bell.ts';
import { describeWithBicep } from './bicep.ts';
import { ofType, predict, theOnly } from './predict.ts';

const lastName = ({ name }: { name: string }) => name.split('/').at(-1);

describeWithBicep.each(['email-only', 'crm-only', 'both-with-sign-in', 'biggest'] as const)('the storage of %s', (set) => {
	it('takes no shared key, no anonymous reader, no plain http and no TLS below 1.2', async () => {
		expect(theOnly(await predict(set), 'Microsoft.Storage/storageAccounts').properties).toEqual({
			accessTier: 'Hot',
			allowBlobPublicAccess: false,
			allowCrossTenantReplication: false,
			allowSharedKeyAccess: false,
			defaultToOAuthAuthentication: true,
			minimumTlsVersion: 'TLS1_2',
			publicNetworkAccess: 'Enabled',
			supportsHttpsTrafficOnly: true,
		});
	});

	it('holds the table and the queues that the code uses, and one container that is not public', async () => {
		const prediction = await predict(set);
		const queues = ofType(prediction, 'Microsoft.Storage/storageAccounts/queueServices/queues').map(lastName);
		expect(queues).toEqual([bellQueue, `${bellQueue}-poison`, spillQueue]);
		expect(ofType(prediction, 'Microsoft.Storage/storageAccounts/tableServices/tables').map(lastName)).toEqual([journalTable]);
		const container = theOnly(prediction, 'Microsoft.Storage/storageAccounts/blobServices/containers');
		expect(container.properties).toEqual({ publicAccess: 'None' });
	});

	it('brings deleted blobs back, and has no lifecycle rule that could take the package away', async () => {
		const prediction = await predict(set);
		const { deleteRetentionPolicy, containerDeleteRetentionPolicy } = theOnly(
			prediction,
			'Microsoft.Storage/storageAccounts/blobServices',
		).properties;
		expect(deleteRetentionPolicy).toEqual({ enabled: true, days: set === 'biggest' ? 365 : 14 });
		expect(containerDeleteRetentionPolicy).toEqual(deleteRetentionPolicy);
		expect(ofType(prediction, 'Microsoft.Storage/storageAccounts/managementPolicies')).toEqual([]);
	});
});

describeWithBicep('what parameters change in the storage', () => {
	it('is how many copies it keeps', async () => {
		const kindOf = async (set: Parameters<typeof predict>[0]) => theOnly(await predict(set), 'Microsoft.Storage/storageAccounts').sku.name;
		expect(await kindOf('email-only')).toBe('Standard_ZRS');
		expect(await kindOf('crm-only')).toBe('Standard_LRS');
	});

	it('is the lock against deletion, on unless switched off', async () => {
		const lock = theOnly(await predict('email-only'), 'Microsoft.Authorization/locks');
		expect(lock.properties.level).toBe('CanNotDelete');
		expect(lock.id).toContain('/Microsoft.Storage/storageAccounts/');
		expect(ofType(await predict('crm-only'), 'Microsoft.Authorization/locks')).toEqual([]);
	});
});
