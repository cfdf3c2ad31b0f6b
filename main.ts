import { app } from '@azure/functions';
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
	route: 'leads',
	authLevel: 'function',
	methods: ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
	handler: receiveLead(services),
});

app.storageQueue('LeadDelivery', { queueName: bellQueue, connection: 'AzureWebJobsStorage', handler: answerBell(services) });

app.timer('LeadSweep', { schedule: services.settings.sweepSchedule, handler: sweepJournal(services) });

app.http('LeadHealth', {
	route: 'health',
	authLevel: 'function',
	methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
	handler: reportHealth(services, process.env),
});
