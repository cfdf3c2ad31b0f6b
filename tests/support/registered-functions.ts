import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function as an app registers it. */
export interface RegisteredFunction {
	name: string;
	bindings: Record<string, { type: string; authLevel?: string; route?: string; methods?: string[] }>;
}

/** Stands in for the Functions worker, which alone supplies `@azure/functions-core`: notes what the app registers. */
const loadAsTheWorkerDoes = `
const Module = require('node:module');
const registered = [];
const core = {
	version: '3.9.1', hostVersion: '4.0.0',
	Disposable: class { dispose() {} },
	registerHook: () => ({ dispose() {} }), setProgrammingModel: () => undefined, log: () => undefined,
	registerFunction: (metadata) => { registered.push(metadata); return { dispose() {} }; },
};
const load = Module._load;
Module._load = (request, ...rest) => request === '@azure/functions-core' ? core : load(request, ...rest);
require(require('node:path').resolve(require('./package.json').main));
process.stdout.write(JSON.stringify(registered), () => process.exit());
`;

/** What the app in a folder registers when it is loaded by itself, with no setting in its environment. */
export function registeredFunctions(folder: string): RegisteredFunction[] {
	writeFileSync(join(folder, 'load.cjs'), loadAsTheWorkerDoes);
	const { PATH, SystemRoot } = process.env;
	return JSON.parse(execFileSync(process.execPath, ['load.cjs'], { cwd: folder, env: { PATH, SystemRoot }, encoding: 'utf8' }));
}
