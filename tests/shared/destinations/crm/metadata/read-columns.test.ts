import { describe, expect, it } from '@jest/globals';
import { otherTenantColumns } from '../../../../../sandbox/dataverse/other-tenant-columns.ts';
import { builtInColumns } from '../../../../../shared/destinations/crm/metadata/built-in-columns.ts';
import { readColumns } from '../../../../../shared/destinations/crm/metadata/read-columns.ts';
import { type OpenSandbox, openSandbox } from '../../../../sandbox/open-sandbox.ts';
import { startStandIn } from '../../../../support/stand-in.ts';

const read = (sandbox: OpenSandbox) =>
	readColumns({ url: sandbox.url, getToken: () => sandbox.token(sandbox.url), fetch }, AbortSignal.timeout(20_000));

describe('the columns of an environment', () => {
	it('are those of the built-in table where nobody changed it', async () => {
		const { complete, byName } = await read(await openSandbox());
		expect(complete).toBe(true);
		for (const [name, column] of builtInColumns.byName) {
			const { label, required, ...shape } = byName.get(name) ?? { type: 'missing' };
			const { open, ...known } = { open: false, ...column };
			expect([name, shape]).toEqual([name, known]);
		}
	});

	it('are what the environment made of them', async () => {
		const { byName } = await read(await openSandbox({ columns: otherTenantColumns }));
		expect(byName.get('subject')).toEqual({ type: 'text', maxLength: 50, label: 'Topic', required: true });
		expect(byName.get('description')).toEqual({ type: 'memo', maxLength: 4151, label: 'Description', required: true });
		expect(byName.get('new_region')).toMatchObject({ type: 'text', maxLength: 20, required: true });
		expect(byName.get('new_website')).toMatchObject({ maxLength: 40, indivisible: true });
		expect(byName.get('new_seats')).toMatchObject({ type: 'wholeNumber', min: 1, max: 10_000 });
		expect(byName.get('new_score')).toMatchObject({ type: 'decimal', min: 0, max: 1, precision: 3 });
		expect(byName.get('new_ispartner')).toMatchObject({ type: 'boolean' });
		expect(byName.get('new_startdate')).toMatchObject({ type: 'date', dateOnly: true });
		expect(byName.get('new_plan')).toMatchObject({ type: 'choice', choices: [{ value: 10, labels: ['Basic'] }, { value: 20 }] });
		expect(byName.get('new_programid')).toMatchObject({ type: 'lookup', targets: [{ table: 'campaign', property: 'new_ProgramId' }] });
	});

	it('are without those that cannot be filled', async () => {
		const { byName } = await read(await openSandbox({ columns: otherTenantColumns }));
		for (const name of ['new_calculated', 'fullname', 'createdon', 'jobtitle']) expect(byName.has(name)).toBe(false);
	});

	it.each([[{ status: 503 }], [{ status: 403 }]])('are not told by halves: %j', async (fault) => {
		const sandbox = await openSandbox();
		await sandbox.setFaults({ dataverse: fault });
		await expect(read(sandbox)).rejects.toMatchObject({ name: 'DataverseRefusal', status: fault.status });
	});

	it('are not taken from an answer without end, which is cut off', async () => {
		const dataverse = await startStandIn(() => ({ status: 200, endless: true, body: '{"value":[' }));
		const asked = readColumns({ url: dataverse.root, getToken: async () => 'token', fetch }, AbortSignal.timeout(20_000));
		await expect(asked).rejects.toThrow('the answer of Dataverse did not end, or broke off');
		expect(await dataverse.cutOff()).toBeLessThan(12 * 16 * 1024 * 1024);
		dataverse.close();
	}, 30_000);
});
