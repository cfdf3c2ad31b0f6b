import { failure, ok, warning } from '../basics/check-line.ts';
import type { Check } from './check.ts';

/** What Azure Functions runs and the app is built for: https://learn.microsoft.com/azure/azure-functions/functions-reference-node#supported-versions */
const supported = [22, 24];

/** The version of Node.js. */
export const checkNode: Check = ({ nodeVersion }) => {
	const major = Number.parseInt(nodeVersion, 10);
	const next = 'Install Node.js 24 (https://nodejs.org); in Azure: runtime.version of functionAppConfig in infra/modules/app.bicep.';
	if (!(major >= 20)) return [failure('node', `Node.js ${nodeVersion} is too old for the app.`, next)];
	if (!supported.includes(major))
		return [warning('node', `Node.js ${nodeVersion} is not a version that Azure Functions runs (${supported.join(', ')}).`, next)];
	return [ok('node', `Node.js ${nodeVersion}.`)];
};
