import { expect, it } from '@jest/globals';
import { sandboxMailbox } from '../../../sandbox/sandbox-settings.ts';
import type { DeliveryRequest } from '../../../shared/delivery/destination.ts';
import { createCrmDestination } from '../../../shared/destinations/crm/create-crm-destination.ts';
import { crmRecordUrl } from '../../../shared/destinations/crm/crm.ts';
import { createEmailDestination } from '../../../shared/destinations/email/create-email-destination.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import type { GetToken } from '../../../shared/tokens/open-credential.ts';
import { openSandbox } from '../../sandbox/open-sandbox.ts';
import { requestOfFixture } from '../../support/delivery-request.ts';
import { leadFixtureNames } from '../../support/lead-fixtures.ts';

const signal = () => AbortSignal.timeout(20_000);

it('takes every fixture into the mailbox and the CRM as they stand in for the real ones, and into the CRM only once', async () => {
	const sandbox = await openSandbox();
	const getToken: GetToken = (scope) => sandbox.token(scope.replace(/\/\.default$/, ''));
	const graphBaseUrl = `${sandbox.url}/graph`;
	const emailSettings = {
		from: sandboxMailbox,
		to: ['sales@contoso.example'],
		cc: [],
		locale: 'en-GB',
		timeZone: 'UTC',
		maxPerHour: 200,
		graphBaseUrl,
	};
	const email = createEmailDestination({ settings: emailSettings, getToken });
	const crm = createCrmDestination({ settings: { url: sandbox.url, leadSource: 8, duplicateDetection: false }, getToken, fetch });
	const created = { kind: 'delivered', proof: { how: 'created' } };
	for (const [index, name] of leadFixtureNames.entries()) {
		const leadId = newLeadId(1_790_000_000_000 + index);
		const request: DeliveryRequest = {
			...requestOfFixture(name),
			leadId,
			receivedAt: new Date(),
			recordUrl: crmRecordUrl(sandbox.url, leadId),
		};
		expect([name, await email.deliver(request, signal())]).toMatchObject([name, { kind: 'delivered' }]);
		expect([name, await crm.deliver(request, signal())]).toMatchObject([name, created]);
		expect(await crm.deliver(request, signal())).toMatchObject({ kind: 'delivered', proof: { id: leadId, how: 'existed already' } });
	}
	expect(await sandbox.json('/crm.json')).toHaveLength(leadFixtureNames.length);
	expect(await sandbox.json('/mailbox.json')).toHaveLength(leadFixtureNames.length);
}, 60_000);
