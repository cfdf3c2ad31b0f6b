/** `npm run connect`: the lead destinations of offers in Partner Center. Keys are neither arguments nor output. */

import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { runConnect } from './connect/run-connect.ts';
import { openTerminal } from './leads/terminal.ts';

const { AzureCliCredential, ChainedTokenCredential, DefaultAzureCredential } = await import('@azure/identity');
const usual = new DefaultAzureCredential();
// Partner Center's app registration has no rights in Azure, as a rule: there whoever is signed in goes first.
const credentials = { azure: new ChainedTokenCredential(new AzureCliCredential(), usual), others: usual };

process.exitCode = await runConnect(process.argv.slice(2), {
	terminal: openTerminal(process),
	environment: process.env,
	fetch,
	clock: Date.now,
	pause: (ms) => setTimeout(ms),
	deadline: (ms) => AbortSignal.timeout(ms),
	readStdin: () => text(process.stdin),
	getToken: async (scope) => {
		const { token } = await (scope.startsWith('https://management.') ? credentials.azure : credentials.others).getToken(scope);
		return token;
	},
});
