import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describeWithBicep } from './bicep.ts';
import { ofType, predict, theOnly } from './predict.ts';

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
		expect(rest).toMatchObject({ enabled: true });
	});

	it('posts alerts to a URL too where one is given, which no prediction shows', async () => {
		const { webhookReceivers } = theOnly(await predict('biggest'), 'Microsoft.Insights/actionGroups').properties;
		expect(webhookReceivers).toMatch(/^\[if\(empty\(parameters\('alertWebhookUrl'\)\), createArray\(\), createArray\(/);
		expect(JSON.stringify(await predict('biggest'))).not.toContain('chat.contoso.com');
	});

	it('learns who read, changed or erased what in tables and queues, where that is wanted', async () => {
		const audits = async (set: 'email-only' | 'biggest') => ofType(await predict(set), 'Microsoft.Insights/diagnosticSettings');
		expect(await audits('email-only')).toEqual([]);
		const wanted = await audits('biggest');
		expect(wanted.map(({ id }) => /(\w+)Services\/default/.exec(id)?.[1]).sort()).toEqual(['queue', 'table']);
		for (const { properties } of wanted) {
			expect(properties.workspaceId).toMatch(/\/workspaces\/log-/);
			expect(properties.logs).toEqual(['StorageRead', 'StorageWrite', 'StorageDelete'].map((category) => ({ category, enabled: true })));
		}
	});
});

describeWithBicep('the workbook', () => {
	// biome-ignore lint/suspicious/noExplicitAny: the shape is the portal's
	const items = async (): Promise<any[]> =>
		JSON.parse(theOnly(await predict('email-only'), 'Microsoft.Insights/workbooks').properties.serializedData).items;
	const queries = async () => (await items()).filter(({ type }) => type === 3).map(({ content }) => content);

	it('belongs to the workspace, and knows it by its id', async () => {
		const prediction = await predict('email-only');
		const workspace = theOnly(prediction, 'Microsoft.OperationalInsights/workspaces').id;
		const { sourceId, serializedData } = theOnly(prediction, 'Microsoft.Insights/workbooks').properties;
		expect(sourceId).toBe(workspace);
		expect(JSON.parse(serializedData).fallbackResourceIds).toEqual([workspace]);
		expect(serializedData).not.toContain('WORKSPACE_ID');
	});

	it('shows leads a day, outcomes by destination, how long leads wait, the latest alerts and one lead', async () => {
		const titles = (await queries()).map(({ title }) => title);
		expect(titles).toEqual(expect.arrayContaining(['Leads a day', 'Attempts by destination and outcome', 'One lead']));
		expect(titles.join()).toMatch(/oldest lead has waited.*Latest alerts/);
	});

	it('asks for events and members that the page on log lines names', async () => {
		const rows = readFileSync('docs/log-lines.md', 'utf8').matchAll(/^\| `([a-z]+\.\w+)` \|(.*)$/gm);
		const documented = new Map(Array.from(rows, ([, event = '', text = '']) => [event, text]));
		for (const { query, queryType } of await queries()) {
			if (queryType === 1) continue; // alerts, from Azure Resource Graph
			const events = [...new Set([...query.matchAll(/"([a-z]+\.[a-zA-Z]+)"/g)].map(([, event = '']) => event))];
			for (const event of events) expect([...documented.keys()]).toContain(event);
			const texts = (events.length > 0 ? events : [...documented.keys()]).map((event) => documented.get(event)).join();
			for (const [, member = ''] of query.matchAll(/\be\.(\w+)/g)) if (member !== 'event') expect(texts).toContain(`\`${member}\``);
		}
	});
});
