import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithBicep, runBicep } from './bicep.ts';
import { type ParameterSet, predict } from './predict.ts';

interface Parameter {
	defaultValue?: unknown;
	metadata?: { description?: string };
}

const files = [
	'infra/main.bicep',
	...readdirSync('infra/modules')
		.filter((name) => name.endsWith('.bicep'))
		.map((name) => join('infra/modules', name)),
];

describe('the text of the template', () => {
	it.each(files)('%s names no module of a registry, and no version of a file that changes by itself', (path) => {
		expect(readFileSync(path, 'utf8')).not.toMatch(/\b(br|ts|oci):|https?:\/\/[^\s)]+\.bicep/);
	});

	it.each(files)('%s holds nothing that changes between two deployments', (path) => {
		expect(readFileSync(path, 'utf8')).not.toMatch(/\b(utcNow|newGuid|deployment)\(/);
	});

	it.each(files)('%s makes, reads and puts out no key', (path) => {
		expect(readFileSync(path, 'utf8')).not.toMatch(/\b(list[A-Z]\w*|getSecret)\(|AccountKey|sharedAccess/i);
	});

	it.each(files)('%s silences a rule only with a reason beside it', (path) => {
		const silenced = readFileSync(path, 'utf8')
			.split('\n')
			.filter((line) => line.includes('#disable-next-line'));
		for (const line of silenced) expect(line).toMatch(/#disable-next-line [\w -]+ \/\/ \w+/);
	});

	it.each(files)('%s goes from metadata by parameters, variables and resources to outputs', (path) => {
		const order = ['metadata', 'targetScope', 'import', 'type', 'param', 'var', 'resource', 'module', 'output'];
		const rank = { resource: order.indexOf('module'), type: order.indexOf('param') } as Record<string, number>;
		const kinds = [...readFileSync(path, 'utf8').matchAll(/^(metadata|targetScope|import|type|param|var|resource|module|output)\b/gm)];
		const ranks = kinds.map(([, kind = '']) => rank[kind] ?? order.indexOf(kind));
		expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
	});
});

describeWithBicep('the template, compiled', () => {
	let compiled: { parameters: Record<string, Parameter>; resources: Record<string, unknown> };
	let complaints: string[];
	beforeAll(async () => {
		// It complains of all that `bicep lint` complains of.
		const build = await runBicep('build', 'infra/main.bicep', '--stdout');
		complaints = build.complaints;
		compiled = JSON.parse(build.output || '{}');
	});

	it('compiles, and passes every rule, without a warning', () => {
		expect(complaints).toEqual([]);
	});

	it('says of every parameter what it is, and whether it is required', () => {
		const wrong = Object.entries(compiled.parameters).filter(
			([, { defaultValue, metadata }]) => !metadata?.description?.startsWith(defaultValue === undefined ? 'Required. ' : 'Optional. '),
		);
		expect(wrong).toEqual([]);
	});

	it('requires nothing but the address for alerts', () => {
		const required = Object.entries(compiled.parameters).flatMap(([name, { defaultValue }]) => (defaultValue === undefined ? [name] : []));
		expect(required).toEqual(['alertEmail']);
	});

	it('has no secure parameter but for URLs that hold a key of another service, and none that is required', () => {
		const secure = Object.entries(compiled.parameters).filter(([, parameter]) => /secure(string|object)/i.test(JSON.stringify(parameter)));
		expect(secure.map(([name, { defaultValue }]) => [name, defaultValue])).toEqual([['alertWebhookUrl', '']]);
	});

	it.each<ParameterSet>(['example', 'email-only', 'crm-only', 'both-with-sign-in', 'biggest'])(
		'predicts a deployment of %s without a diagnostic',
		async (set) => {
			const { diagnostics, predictedResources } = await predict(set);
			expect(diagnostics).toEqual([]);
			expect(predictedResources.length).toBeGreaterThan(30);
		},
	);

	it('puts out what the next steps need, and no key', async () => {
		const { outputs } = await predict('example');
		expect(Object.keys(outputs).sort()).toEqual([
			'APP_NAME',
			'APP_URL',
			'IDENTITY_CLIENT_ID',
			'IDENTITY_PRINCIPAL_ID',
			'INTAKE_URL',
			'STORAGE_NAME',
			'WORKSPACE_NAME',
		]);
		expect(outputs.INTAKE_URL).toMatch(/\/api\/leads'.*defaultHostName\)\]$/);
	});
});
