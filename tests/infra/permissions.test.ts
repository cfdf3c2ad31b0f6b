import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tempFolder } from '../support/temp-folder.ts';

const folder = 'infra/permissions';
const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'));
const describeWithBash = process.platform === 'win32' ? describe.skip : describe;

/** Answers of `az`, by what is asked; writes are noted like everything else, and answered with nothing. */
const az = `#!/usr/bin/env bash
printf '%s\\n' "az $*" | tr '\\n' ' ' >> "$CALLS"; echo >> "$CALLS"
case "$*" in
	*'--method get'*appRoleAssign*) echo "$GRANTED" ;;
	*'--method get'*'/applications('*) echo "$ROLES" ;;
	*'--method get'*'servicePrincipals?$filter=appId eq'*) echo "$ENTERPRISE" ;;
	*'--method get'*"servicePrincipals(appId="*) echo 'graph-id' ;;
	*'--method get'*/roles*"filter=name eq 'Lead Intake' and _parentroleid_value eq null"*) echo "$ROLE" ;;
	*'--method get'*/roles*) echo 'copy-of-another-unit' ;;
	*'--method get'*/businessunits*) echo 'unit-id' ;;
	*'--method get'*/privileges*Depth*) echo '{"Privileges":[{"PrivilegeId":"p1","Depth":"Global"}]}' ;;
	*'--method get'*/privileges*) printf '%s\\n' prvCreateLead prvReadLead prvAppendLead prvReadEntity prvReadAttribute ;;
esac
`;
const pac = '#!/usr/bin/env bash\necho "pac $*" >> "$CALLS"\n';

let temp: ReturnType<typeof tempFolder>;
beforeEach(() => {
	temp = tempFolder();
	for (const [name, text] of Object.entries({ az, pac })) {
		writeFileSync(join(temp.path, name), text);
		chmodSync(join(temp.path, name), 0o755);
	}
});
afterEach(() => temp.remove());

function run(script: string, args: string[], answers: { GRANTED?: string; ROLE?: string; ROLES?: string; ENTERPRISE?: string } = {}) {
	const calls = join(temp.path, 'calls');
	writeFileSync(calls, '');
	const env = { PATH: `${temp.path}:${process.env.PATH}`, CALLS: calls, GRANTED: '', ROLE: '', ROLES: '', ENTERPRISE: '', ...answers };
	const { status, stdout, stderr } = spawnSync('bash', [join(folder, script), ...args], { env, encoding: 'utf8' });
	const noted = readFileSync(calls, 'utf8').split('\n').filter(Boolean);
	return { status, stdout, stderr, writes: noted.filter((call) => !call.includes('--method get')) };
}

const id = '99999999-0000-0000-0000-000000000001';
const crm = ['--url', 'https://contoso.crm4.dynamics.com/', '--client-id', id];

describeWithBash('permission scripts', () => {
	it('pass shellcheck', () => {
		if (spawnSync('shellcheck', ['--version']).error) return console.warn('SKIPPED: shellcheck is not installed');
		for (const script of scripts) expect(spawnSync('shellcheck', [join(folder, script)], { encoding: 'utf8' }).stdout).toBe('');
	});

	it.each(readdirSync(folder))('%s says what it changes, how to undo it, and what it looks like while it is not active', (name) => {
		const text = readFileSync(join(folder, name), 'utf8');
		for (const word of ['Changes:', 'Undo:', 'Not active yet:', 'Nothing was changed.']) expect(text).toContain(word);
		expect(text).toMatch(/https:\/\/learn\.microsoft\.com\//);
	});

	it.each(scripts)('%s is run without arguments: says how, changes nothing', (script) => {
		const { status, stderr, writes } = run(script, []);
		expect({ status, writes }).toEqual({ status: 2, writes: [] });
		expect(stderr).toMatch(/^usage: /);
	});

	it.each([
		['dataverse-user.sh', ['--url', 'http://contoso.crm4.dynamics.com', '--client-id', id]],
		['dataverse-user.sh', ['--url', 'https://contoso.crm4.dynamics.com', '--client-id', "x' or 1"]],
		['dataverse-user.sh', [...crm, '--privilege', "x' or 1"]],
		['board-sign-in.sh', ['--client-id', id]],
		['board-sign-in.sh', ['--client-id', id, '--principal-id', "x' or 1"]],
		['board-sign-in.sh', ['--client-id', id, '--principal-id', id, '--role', 'Leads.All']],
		['graph-mail-send.sh', ['--object-id', 'somebody']],
		['graph-mail-send.sh', ['--object-id']],
		['graph-mail-send.sh', ['--object-id', id, '--graph', 'http://graph.microsoft.us']],
	])('%s refuses %j', (script, args) => {
		expect(run(script, [...args, '--apply'])).toMatchObject({ status: 2, writes: [] });
	});

	it.each([
		['dataverse-user.sh', crm],
		['dataverse-user.sh', [...crm, '--undo']],
		['graph-mail-send.sh', ['--object-id', id]],
		['board-sign-in.sh', ['--client-id', id, '--principal-id', id]],
	])('%s %j without --apply prints what it would do and does nothing', (script, args) => {
		const { status, stdout, writes } = run(script, args, { ROLE: args.includes('--undo') ? 'role-id' : '' });
		expect({ status, writes }).toEqual({ status: 0, writes: [] });
		expect(stdout).toMatch(/^az rest --method (post|patch|delete) /m);
		expect(stdout).toContain('Nothing was changed.');
	});

	it('dataverse-user.sh makes a role, gives it the privileges that there are, and assigns it to the application user', () => {
		const { status, stderr, writes } = run('dataverse-user.sh', [...crm, '--apply', '--privilege', 'prvAssignLead']);
		expect(status).toBe(0);
		expect(writes).toEqual([
			expect.stringMatching(/^az rest --method post .*\/api\/data\/v9\.2\/roles .*"name":"Lead Intake".*\/businessunits\(unit-id\)/),
			expect.stringMatching(/AddPrivilegesRole .*"Depth":"Global"/),
			`pac admin assign-user --environment https://contoso.crm4.dynamics.com --user ${id} --role Lead Intake --application-user`,
		]);
		expect(stderr).toMatch(/knows no privilege prvReadOptionSet[\s\S]*knows no privilege prvAssignLead/);
	});

	it('dataverse-user.sh makes no second role', () => {
		const { writes } = run('dataverse-user.sh', [...crm, '--apply'], { ROLE: 'role-id' });
		expect(writes[0]).toMatch(/\/roles\(role-id\)\/Microsoft\.Dynamics\.CRM\.AddPrivilegesRole /);
		expect(writes).toHaveLength(2);
	});

	it('dataverse-user.sh deletes the role, and no copy that another business unit has of it', () => {
		const { writes } = run('dataverse-user.sh', [...crm, '--undo', '--apply'], { ROLE: 'role-id' });
		expect(writes).toEqual([expect.stringMatching(/--method delete .*\/roles\(role-id\) $/)]);
	});

	it('graph-mail-send.sh grants Mail.Send once, and takes it back', () => {
		const args = ['--object-id', id, '--apply'];
		expect(run('graph-mail-send.sh', args).writes).toEqual([
			expect.stringMatching(new RegExp(`--method post .*"principalId":"${id}","resourceId":"graph-id","appRoleId":"b633e1c5-`)),
		]);
		expect(run('graph-mail-send.sh', args, { GRANTED: 'a1' }).writes).toEqual([]);
		expect(run('graph-mail-send.sh', [...args, '--undo'], { GRANTED: 'a1' }).writes).toEqual([
			expect.stringMatching(/--method delete .*\/appRoleAssignments\/a1 /),
		]);
	});

	it('graph-mail-send.sh asks the Microsoft Graph of another cloud', () => {
		const { writes } = run('graph-mail-send.sh', ['--object-id', id, '--graph', 'https://graph.microsoft.us', '--apply']);
		expect(writes).toEqual([
			expect.stringMatching(
				/^az rest --method post --resource https:\/\/graph\.microsoft\.us --url https:\/\/graph\.microsoft\.us\/v1\.0\/servicePrincipals\//,
			),
		]);
	});

	it('board-sign-in.sh makes the roles, lets only the assigned sign in, and assigns one, once', () => {
		const args = ['--client-id', id, '--principal-id', '99999999-0000-0000-0000-000000000002', '--apply'];
		const first = run('board-sign-in.sh', [...args, '--role', 'Leads.Act'], { ENTERPRISE: 'enterprise' });
		expect(first.writes).toEqual([
			expect.stringMatching(/--method patch .*\/applications\(appId='.*'\) .*"value":"Leads\.Read".*"value":"Leads\.Act"/),
			expect.stringMatching(/--method patch .*\/servicePrincipals\(appId='.*'\) --body {"appRoleAssignmentRequired":true}/),
			expect.stringMatching(/--method post .*\/appRoleAssignedTo .*"principalId":".*2","resourceId":"enterprise","appRoleId":".*7b02"/),
		]);
		const again = run('board-sign-in.sh', args, { ENTERPRISE: 'enterprise', ROLES: 'Leads.Act Leads.Read', GRANTED: 'a1' });
		expect(again.writes).toEqual([expect.stringContaining('appRoleAssignmentRequired')]);
		const undone = run('board-sign-in.sh', [...args, '--undo'], { GRANTED: 'a1' });
		expect(undone.writes).toEqual([expect.stringMatching(/--method delete .*\/appRoleAssignedTo\/a1 /)]);
	});

	it('board-sign-in.sh leaves an app registration alone that has other roles', () => {
		const args = ['--client-id', id, '--principal-id', id, '--apply'];
		const { status, stderr, writes } = run('board-sign-in.sh', args, { ROLES: 'Task.Write' });
		expect({ status, writes }).toEqual({ status: 1, writes: [] });
		expect(stderr).toContain('by hand');
	});
});
