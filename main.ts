import { app } from '@azure/functions';
import { serveBoard } from './LeadBoard/serve-board.ts';
import { answerBell } from './LeadDelivery/answer-bell.ts';
import { reportHealth } from './LeadHealth/report-health.ts';
import { receiveLead } from './LeadIntake/receive-lead.ts';
import { sweepJournal } from './LeadSweep/sweep-journal.ts';
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

app.storageQueue('LeadDelivery', { queueName: bellQueue, connection: 'AzureWebJobsStorage', handler: answerBell(services) });

app.timer('LeadSweep', { schedule: services.settings.sweepSchedule, handler: sweepJournal(services) });

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
