import { describe, expect, it } from '@jest/globals';
import { openSandbox } from '../open-sandbox.ts';

const pathOf = (userId: string) => `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`;

describe('RetrieveUserPrivileges', () => {
	it('tells what the security roles of the user of WhoAmI allow', async () => {
		const sandbox = await openSandbox({ privileges: ['prvReadLead'] });
		const { UserId } = (await (await sandbox.dataverse('WhoAmI')).json()) as { UserId: string };
		const answer = await sandbox.dataverse(pathOf(UserId));
		expect([answer.status, await answer.json()]).toEqual([
			200,
			{
				'@odata.context': expect.stringContaining('RetrieveUserPrivilegesResponse'),
				RolePrivileges: [expect.objectContaining({ PrivilegeName: 'prvReadLead', Depth: 'Global' })],
			},
		]);
	});

	it('knows no other user', async () => {
		const sandbox = await openSandbox();
		expect((await sandbox.dataverse(pathOf('5a4db0c5-0000-4000-8000-00000000ffff'))).status).toBe(404);
	});
});
