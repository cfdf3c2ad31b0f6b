/** `npm run doctor`: is everything set up? */

import { setTimeout } from 'node:timers/promises';
import { openCheckDeps } from '../shared/checks/open-check-deps.ts';
import { openServices } from '../shared/services.ts';
import { runDoctor } from './doctor/run-doctor.ts';
import { openTerminal } from './leads/terminal.ts';

// `… | head` has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit(0);
});
process.exitCode = await runDoctor(process.argv.slice(2), {
	terminal: openTerminal(process),
	colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
	environment: { ...process.env },
	open: (environment) => {
		// The identity's library reads them from the environment of the process.
		for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) if (environment[name]) process.env[name] = environment[name];
		return openCheckDeps(environment, openServices(environment));
	},
	pause: (ms) => setTimeout(ms),
});
