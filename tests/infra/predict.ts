import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bicep, runBicep } from './bicep.ts';

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
export type ParameterSet = 'email-only' | 'crm-only' | 'both-with-sign-in' | 'biggest' | 'names' | 'example';

const identifiers = {
	'--subscription-id': '11111111-1111-1111-1111-111111111111',
	'--tenant-id': '22222222-2222-2222-2222-222222222222',
	'--resource-group': 'leads',
	'--location': 'westeurope',
	'--deployment-name': 'main',
};
const parameters = 'tests/infra/parameters';
const kept = 'dist/infra';

/**
 * What a deployment with a set of parameters would make, by `bicep snapshot`. The compiler writes beside the parameters, so it works on copies three folders
 * deep, as the originals are; an answer is kept by the content of everything that went into it.
 */
export async function predict(set: ParameterSet): Promise<Prediction> {
	const answer = join(kept, `${set}-${contentOf(set)}.json`);
	if (!existsSync(answer)) {
		mkdirSync(kept, { recursive: true });
		const folder = mkdtempSync(join(kept, 'run-'));
		try {
			for (const name of readdirSync(parameters)) copyFileSync(join(parameters, name), join(folder, name));
			const example = readFileSync('infra/main.bicepparam', 'utf8').replace("using 'main.bicep'", "using '../../../infra/main.bicep'");
			writeFileSync(join(folder, 'example.bicepparam'), example);
			const input = join(folder, `${set}.bicepparam`);
			const { complaints, exitCode } = await runBicep('snapshot', input, '--mode', 'overwrite', ...Object.entries(identifiers).flat());
			if (exitCode !== 0) throw new Error(complaints.join('\n'));
			renameSync(input.replace(/bicepparam$/, 'snapshot.json'), answer);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	return JSON.parse(readFileSync(answer, 'utf8'));
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

function contentOf(set: ParameterSet): string {
	const hash = createHash('sha256').update(`${set} ${bicep}`);
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
