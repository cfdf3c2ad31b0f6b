import { expect, it } from '@jest/globals';
import { describeWithBicep } from './bicep.ts';
import { predict, theOnly } from './predict.ts';

describeWithBicep('where the app logs to', () => {
	it('is Application Insights on a workspace, written with Microsoft Entra ID alone', async () => {
		const prediction = await predict('email-only');
		const workspace = theOnly(prediction, 'Microsoft.OperationalInsights/workspaces');
		expect(theOnly(prediction, 'Microsoft.Insights/components').properties).toEqual({
			Application_Type: 'web',
			WorkspaceResourceId: workspace.id,
			DisableLocalAuth: true,
		});
		expect(workspace.properties.features).toEqual({ disableLocalAuth: true });
	});

	it('keeps logs for a while, and takes so much a day and no more', async () => {
		const limits = async (set: 'email-only' | 'biggest') =>
			theOnly(await predict(set), 'Microsoft.OperationalInsights/workspaces').properties;
		expect(await limits('email-only')).toMatchObject({ retentionInDays: 90, workspaceCapping: { dailyQuotaGb: 0.5 } });
		expect(await limits('biggest')).toMatchObject({ retentionInDays: 730, workspaceCapping: { dailyQuotaGb: 5 } });
	});

	it('mails alerts to the one address', async () => {
		const { groupShortName, emailReceivers, ...rest } = theOnly(await predict('biggest'), 'Microsoft.Insights/actionGroups').properties;
		expect(groupShortName.length).toBeLessThanOrEqual(12);
		expect(emailReceivers).toEqual([{ name: 'operators', emailAddress: 'operators@contoso.com', useCommonAlertSchema: true }]);
		expect(rest).toEqual({ enabled: true });
	});
});
