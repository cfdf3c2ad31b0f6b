/** What `azd` runs after a deployment (azure.yaml): prints the address for Partner Center, to a terminal only, and what is left to do. */
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { nextSteps } from './next-steps/next-steps.ts';
import { readIntakeKey } from './next-steps/read-intake-key.ts';

/** The outputs of infra/main.bicep, as azd hands them to its hooks. */
const variable = (name: string) => process.env[name] ?? `<${name}>`;
const place = {
	subscriptionId: variable('AZURE_SUBSCRIPTION_ID'),
	resourceGroup: variable('AZURE_RESOURCE_GROUP'),
	name: variable('APP_NAME'),
};

async function getToken(): Promise<string> {
	const scope = 'https://management.azure.com/.default';
	const { stdout } = await promisify(execFile)('azd', ['auth', 'token', '--output', 'json', '--scope', scope]);
	return JSON.parse(stdout).token;
}

const key = process.stdout.isTTY
	? await readIntakeKey(place, { getToken, fetch, pause: (ms) => setTimeout(ms) })
	: { ok: false as const, problem: 'it is shown on a terminal only' };
console.log(
	nextSteps({
		...place,
		intakeUrl: variable('INTAKE_URL'),
		appUrl: variable('APP_URL'),
		clientId: variable('IDENTITY_CLIENT_ID'),
		principalId: variable('IDENTITY_PRINCIPAL_ID'),
		key,
	}),
);
