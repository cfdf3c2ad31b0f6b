import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn } from '../support/in-turn.ts';
import { bicep, runBicep, takeSnapshots } from './bicep.ts';

/** A resource as the compiler predicts it: everything evaluated but what only Azure knows, which stays an expression in brackets. */
export interface Resource {
	id: string;
	type: string;
	name: string;
	// biome-ignore lint/suspicious/noExplicitAny: the shape is Azure's, and another one for each type
	[member: string]: any;
}

export interface Prediction {
	predictedResources: Resource[];
	diagnostics: unknown[];
	// biome-ignore lint/suspicious/noExplicitAny: whatever the template puts out
	outputs: Record<string, any>;
}

/** Files in tests/infra/parameters, and the example of infra/. */
const parameterSets = ['email-only', 'crm-only', 'both-with-sign-in', 'biggest', 'names', 'example'] as const;
export type ParameterSet = (typeof parameterSets)[number];

const identifiers = {
	subscriptionId: '11111111-1111-1111-1111-111111111111',
	tenantId: '22222222-2222-2222-2222-222222222222',
	resourceGroup: 'leads',
	location: 'westeurope',
	deploymentName: 'main',
};
const parameters = 'tests/infra/parameters';
const kept = 'dist/infra';

/**
 * What a deployment with a set of parameters would make, by the compiler's snapshot. Whoever asks first has all sets answered at once; the answers are kept by
 * the content of everything that went into them.
 */
export async function predict(set: ParameterSet): Promise<Prediction> {
	const content = contentOfAll();
	const answerTo = (name: ParameterSet) => join(kept, `${name}-${content}.json`);
	if (!existsSync(answerTo(set))) {
		mkdirSync(kept, { recursive: true });
		await inTurn(join(kept, 'predicting'), async () => {
			if (!existsSync(answerTo(set))) await predictAll(answerTo);
		});
	}
	return JSON.parse(readFileSync(answerTo(set), 'utf8'));
}

/** Works on copies three folders deep, as the originals are: the example names the template by another path than the others. */
async function predictAll(answerTo: (set: ParameterSet) => string): Promise<void> {
	const folder = mkdtempSync(join(kept, 'run-'));
	try {
		for (const name of readdirSync(parameters)) copyFileSync(join(parameters, name), join(folder, name));
		const example = readFileSync('infra/main.bicepparam', 'utf8').replace("using 'main.bicep'", "using '../../../infra/main.bicep'");
		writeFileSync(join(folder, 'example.bicepparam'), example);
		const inputs = parameterSets.map((set) => join(folder, `${set}.bicepparam`));
		const snapshots = await takeSnapshots(inputs, identifiers);
		for (const [index, set] of parameterSets.entries()) {
			const draft = join(folder, `${set}.json`);
			writeFileSync(draft, snapshots[index] ?? '');
			renameSync(draft, answerTo(set));
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What the compiler says of parameters of the template, given beside the address for alerts. */
export async function compileParameters(text: string): Promise<{ complaints: string[]; exitCode: number }> {
	mkdirSync(kept, { recursive: true });
	const folder = mkdtempSync(join(kept, 'run-'));
	try {
		const input = join(folder, 'given.bicepparam');
		writeFileSync(input, `using '../../../infra/main.bicep'\nparam alertEmail = 'operators@contoso.com'\n${text}\n`);
		return await runBicep('build-params', input, '--stdout');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function contentOfAll(): string {
	const hash = createHash('sha256').update(`${bicep}`);
	const modules = readdirSync('infra/modules').map((name) => join('infra/modules', name));
	const names = readdirSync(parameters).map((name) => join(parameters, name));
	for (const path of ['infra/main.bicep', 'infra/main.bicepparam', 'infra/bicepconfig.json', ...modules, ...names].sort())
		hash.update(path).update(readFileSync(path));
	return hash.digest('hex').slice(0, 16);
}

/** The resources of one type. */
export const ofType = (prediction: Prediction, type: string): Resource[] =>
	prediction.predictedResources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());

/** The only resource of a type. */
export function theOnly(prediction: Prediction, type: string): Resource {
	const [resource, ...more] = ofType(prediction, type);
	if (!resource || more.length > 0) throw new Error(`${more.length + (resource ? 1 : 0)} resources of type ${type}`);
	return resource;
}
