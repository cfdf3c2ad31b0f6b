/** `npm run leads`: the journal of leads, for an operator. Output goes to the terminal (or a pipe) that asked for it and nowhere else. */

import { runLeads } from './leads/run-leads.ts';
import { openTerminal } from './leads/terminal.ts';

// `… | head` has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit(0);
});
process.exitCode = await runLeads(process.argv.slice(2), { terminal: openTerminal(process), clock: Date.now, environment: process.env });
