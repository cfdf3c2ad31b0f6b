import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { SandboxOptions } from '../../../sandbox/create-sandbox.ts';
import { sandboxSettings } from '../../../sandbox/sandbox-settings.ts';
import { startSandbox } from '../../../sandbox/start-sandbox.ts';
import type { CheckLine } from '../../../shared/basics/check-line.ts';
import type { Environment } from '../../../shared/basics/environment.ts';
import type { CheckDeps } from '../../../shared/checks/check.ts';
import { openCheckDeps } from '../../../shared/checks/open-check-deps.ts';
import { runChecks } from '../../../shared/checks/run-checks.ts';
import { openServices } from '../../../shared/services.ts';
import type { GetToken } from '../../../shared/tokens/open-credential.ts';

/** How one look is different from one at an app that is right. */
export interface Situation {
	/** Over the sandbox's settings; undefined takes one away. */
	settings?: Record<string, string | undefined>;
	/** For `PUT /faults`. */
	faults?: object;
	sandbox?: SandboxOptions;
	deps?: (deps: CheckDeps) => Partial<CheckDeps>;
	/** Somebody never answers: nobody is waited for. */
	hangs?: boolean;
	live?: boolean;
	/** Tokens by the identity's own library, loaded anew as it remembers its endpoint; by the same protocol without it, which is faster, otherwise. */
	realIdentity?: boolean;
}

/** The identity's library reads them from the environment of the process. */
const identityNames = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'];
/** Milliseconds for what hangs. */
const shortMs = 700;

/** Runs every check on an app whose services are a sandbox of its own and a storage account. */
export async function look(
	connectionString: string,
	{ settings = {}, faults, sandbox: options = {}, deps = () => ({}), hangs = false, live = true, realIdentity = false }: Situation,
): Promise<CheckLine[]> {
	const sandbox = await startSandbox({ port: 0, ...options });
	const environment: Environment = { ...sandboxSettings(sandbox.url), AzureWebJobsStorage: connectionString, ...settings };
	for (const name of identityNames) process.env[name] = environment[name] ?? '';
	try {
		if (faults) await fetch(`${sandbox.url}/faults`, { method: 'PUT', body: JSON.stringify(faults) });
		const usual: CheckDeps = {
			...openCheckDeps(environment, openServices(environment)),
			tokensOf: realIdentity
				? (clientId) => identityLibrary().tokensOf(clientId, environment)
				: (clientId) => byProtocol(clientId, environment),
			nodeVersion: '24.11.0',
			deadline: (ms) => AbortSignal.timeout(hangs ? shortMs : ms),
			hostFile: () => readFileSync('host.json', 'utf8'),
		};
		return await runChecks({ ...usual, ...deps(usual) }, { live });
	} finally {
		for (const name of identityNames) delete process.env[name];
		await sandbox.close();
	}
}

function identityLibrary() {
	let library: typeof import('../../../shared/tokens/open-credential.ts') | undefined;
	jest.isolateModules(() => {
		library = jest.requireActual('../../../shared/tokens/open-credential.ts');
	});
	if (!library) throw new Error('the library was not loaded');
	const { getTokenFrom, openCredential } = library;
	return {
		tokensOf: (clientId: string | undefined, environment: Environment) =>
			getTokenFrom(openCredential(clientId, environment as NodeJS.ProcessEnv)),
	};
}

function byProtocol(clientId: string | undefined, environment: Environment): GetToken {
	return async (scope, signal) => {
		const resource = scope.replace(/\/\.default$/, '');
		const query = new URLSearchParams({ resource, 'api-version': '2019-08-01', ...(clientId && { client_id: clientId }) });
		const headers = { 'x-identity-header': environment.IDENTITY_HEADER ?? '' };
		const response = await fetch(`${environment.IDENTITY_ENDPOINT}?${query}`, { headers, signal });
		return ((await response.json()) as { access_token: string }).access_token;
	};
}
