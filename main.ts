import { app } from '@azure/functions';
import { serveBoard } from './LeadBoard/serve-board.ts';
import { reportHealth } from './LeadHealth/report-health.ts';
import { receiveLead } from './LeadIntake/receive-lead.ts';
import { remember } from './shared/basics/remember.ts';
import { bellQueue } from './shared/queues/bell.ts';
import { openServices } from './shared/services.ts';

const services = openServices(process.env);

// Without streaming, a body sent in chunks (as .NET clients do by default) arrives empty.
app.setup({ enableHttpStream: true });

app.http('LeadIntake', {
	route: 'api/leads',
	authLevel: 'function',
	methods: ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
	handler: receiveLead(services),
});

// Loaded when the first bell, or the first sweep, comes: the platform gives HTTP instances of its own, which never see either.
const bellAnswer = remember(async () => (await import('./LeadDelivery/answer-bell.ts')).answerBell(services));
app.storageQueue('LeadDelivery', {
	queueName: bellQueue,
	connection: 'AzureWebJobsStorage',
	handler: async (message, context) => (await bellAnswer())(message, context),
});

const sweep = remember(async () => (await import('./LeadSweep/sweep-journal.ts')).sweepJournal(services));
app.timer('LeadSweep', {
	schedule: services.settings.sweepSchedule,
	handler: async (timer, context) => (await sweep())(timer, context),
});

app.http('LeadHealth', {
	route: 'api/health',
	authLevel: 'function',
	methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
	handler: reportHealth(services, process.env),
});

// Without a key, which a browser cannot send: whoever asks is judged by the platform's sign-in, and refused while that is off.
const board = { authLevel: 'anonymous', methods: ['GET', 'HEAD', 'POST'], handler: serveBoard(services, process.env) } as const;
app.http('LeadBoard', { route: 'board/{*path}', ...board, methods: [...board.methods] });
app.http('LeadBoardApi', { route: 'api/board/{*path}', ...board, methods: [...board.methods] });
