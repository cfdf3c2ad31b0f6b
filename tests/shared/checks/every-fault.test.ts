import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { otherTenantColumns } from '../../../sandbox/dataverse/other-tenant-columns.ts';
import { leadIntakePrivileges } from '../../../sandbox/dataverse/user-privileges.ts';
import { sandboxClientId } from '../../../sandbox/sandbox-settings.ts';
import type { CheckLine, Level } from '../../../shared/basics/check-line.ts';
import type { CheckDeps } from '../../../shared/checks/check.ts';
import { crmSettingsOf } from '../../../shared/destinations/crm/crm-settings.ts';
import type { Ticket, TicketList } from '../../../shared/journal/journal.ts';
import { TokenError } from '../../../shared/tokens/token-error.ts';
import { refusalOfStorage } from '../../support/refusal-of-storage.ts';
import { type StandIn, startStandIn } from '../../support/stand-in.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { look, type Situation } from './open-checks.ts';

let storage: TestStorage;
/** Storage that answers 503, and storage that never answers. */
let busy: StandIn;
let silent: StandIn;
let keyless: StandIn;
/** A proxy that has a page for everything, with the status that is hoped for. */
let pages: StandIn;
beforeAll(async () => {
	storage = await startTestStorage();
	busy = await startStandIn(() => ({ status: 503 }));
	silent = await startStandIn(() => 'hang');
	pages = await startStandIn(({ method }) => ({
		status: { POST: 201, PUT: 201, DELETE: 204 }[method] ?? 200,
		headers: { 'content-type': 'text/html' },
		...(method !== 'DELETE' && { body: '<html>Sign in</html>' }),
	}));
	keyless = await startStandIn(() => refusalOfStorage('KeyBasedAuthenticationNotPermitted'));
});
afterAll(async () => {
	busy.close();
	silent.close();
	keyless.close();
	pages.close();
	await storage.stop();
});

const at = (root: string) =>
	`DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${Buffer.from('secret').toString('base64')};TableEndpoint=${root}/devstoreaccount1;QueueEndpoint=${root}/devstoreaccount1;`;
const byIdentity = {
	AzureWebJobsStorage: undefined,
	AzureWebJobsStorage__tableServiceUri: 'https://contoso.table.core.windows.net',
	AzureWebJobsStorage__queueServiceUri: 'https://contoso.queue.core.windows.net',
};
/** As infra/main.bicep sets them. */
const asTheTemplate = {
	...byIdentity,
	AzureWebJobsStorage__accountName: 'contoso',
	AzureWebJobsStorage__blobServiceUri: 'https://contoso.blob.core.windows.net',
	AzureWebJobsStorage__credential: 'managedidentity',
	AzureWebJobsStorage__clientId: '11111111-2222-3333-4444-555555555555',
};
const refused = Object.assign(new Error('no'), { statusCode: 403, name: 'StorageError' });
const withCode = (code: string) => Object.assign(new Error('no'), { statusCode: 403, name: 'StorageError', code });
const hostFile = (change: object) => () => ({
	hostFile: () =>
		JSON.stringify({
			version: '2.0',
			extensionBundle: { id: 'Microsoft.Azure.Functions.ExtensionBundle' },
			extensions: {
				queues: { batchSize: 1, newBatchThreshold: 3, visibilityTimeout: '00:00:30', maxPollingInterval: '00:00:02', ...change },
			},
			logging: { applicationInsights: { samplingSettings: { isEnabled: true, excludedTypes: 'Request;Trace;Exception' } } },
			...('root' in change ? (change.root as object) : {}),
		}),
});
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
/** Every service is given a token that says this. */
const token = (claims: object) => () => ({
	tokensOf: () => async () => [encode({ alg: 'RS256', typ: 'JWT' }), encode(claims), 'signature'].join('.'),
});
const graphAudience = { aud: '00000003-0000-0000-c000-000000000000', oid: 'an-object', tid: 'a-tenant' };
/** Dataverse answers this to a path that matches. */
const dataverse =
	(pattern: RegExp, answer: () => Response) =>
	({ fetch }: CheckDeps): Partial<CheckDeps> => ({
		fetch: (url, init) => (pattern.test(String(url)) ? Promise.resolve(answer()) : fetch(url, init)),
	});
const odata =
	(status: number, code: string, message = '') =>
	() =>
		new Response(JSON.stringify({ error: { code, message } }), { status });
const clockOff = (ms: number) => () => ({ clock: () => Date.now() + ms });
/** So many tickets in a list of the journal. */
const tickets =
	(wanted: TicketList, many: number) =>
	(deps: CheckDeps): Partial<CheckDeps> => ({
		journal: async () => ({
			...(await deps.journal()),
			tickets: async (list) =>
				list === wanted ? Array.from({ length: many }, () => ({ time: 0, id: '', receivedAt: 0 }) satisfies Ticket) : [],
		}),
	});
const crm =
	(change: object) =>
	({ settings }: CheckDeps): Partial<CheckDeps> => ({
		settings: { ...settings, own: { ...settings.own, crm: { ...crmSettingsOf(settings), ...change } } },
	});
const offline = (situation: Situation): Situation => ({ ...situation, live: false });

type Row = [fault: string, situation: Situation | (() => Situation), check: string, level: Level, words: string, next: string];

const faults: Row[] = [
	// What can be told without calling anybody.
	[
		'LEAD_DESTINATIONS is missing',
		offline({ settings: { LEAD_DESTINATIONS: undefined } }),
		'settings',
		'failure',
		'LEAD_DESTINATIONS is missing. Allowed: email, crm or both, separated by ; or ,. Leads wait in the journal, undecided.',
		'Set LEAD_DESTINATIONS in local.settings.json',
	],
	[
		'LEAD_DESTINATIONS names a stranger',
		offline({ settings: { LEAD_DESTINATIONS: 'email;fax' } }),
		'settings',
		'failure',
		'LEAD_DESTINATIONS holds a name (number 2) that is not a destination',
		'Set LEAD_DESTINATIONS',
	],
	[
		'EMAIL_FROM is missing',
		offline({ settings: { EMAIL_FROM: undefined } }),
		'settings',
		'failure',
		'EMAIL_FROM is missing. Allowed: one e-mail address, such as leads@contoso.com. Nothing is delivered to email.',
		'Set EMAIL_FROM',
	],
	[
		'EMAIL_TO is no address',
		offline({ settings: { EMAIL_TO: 'Sales' } }),
		'settings',
		'failure',
		'EMAIL_TO holds something that is not an e-mail address',
		'Set EMAIL_TO',
	],
	[
		'DATAVERSE_URL is plain http',
		offline({ settings: { DATAVERSE_URL: 'http://contoso.crm4.dynamics.com' } }),
		'settings',
		'failure',
		'DATAVERSE_URL is not an origin that tokens may be sent to',
		'Set DATAVERSE_URL',
	],
	[
		'DATAVERSE_URL is wrong, but nobody uses it',
		offline({ settings: { DATAVERSE_URL: 'nowhere', LEAD_DESTINATIONS: 'email' } }),
		'settings',
		'warning',
		'DATAVERSE_URL is not an origin',
		'Set DATAVERSE_URL',
	],
	[
		'a default serves for EMAIL_LOCALE',
		offline({ settings: { EMAIL_LOCALE: 'Klingon!' } }),
		'settings',
		'warning',
		'EMAIL_LOCALE is not a known locale. Allowed: a locale such as en-GB or de-AT.',
		'Set EMAIL_LOCALE',
	],
	[
		'a rule is wrong',
		offline({ settings: { LEAD_ROUTES: '[{"when":{"ofer":"crm"},"choose":{}}]' } }),
		'settings',
		'warning',
		'LEAD_ROUTES rule 1: `when.ofer` is not a property; did you mean `offer`?',
		'Set LEAD_ROUTES',
	],
	[
		'a rule names a country that nobody knows',
		offline({ settings: { LEAD_ROUTES: '[{"when":{"country":"Germny"},"choose":{"to":"a@contoso.com"}}]' } }),
		'settings',
		'warning',
		'LEAD_ROUTES rule 1: `when.country` (number 1) is not a known country, so only leads that spell it the same way match; did you mean `Germany`?',
		'Set LEAD_ROUTES',
	],
	[
		'a rule comes after one for the same country by another name',
		offline({
			settings: {
				LEAD_ROUTES:
					'[{"when":{"country":"DE"},"choose":{"to":"a@contoso.com"}},{"when":{"country":"Germany"},"choose":{"to":"b@contoso.com"}}]',
			},
		}),
		'settings',
		'warning',
		'LEAD_ROUTES rule 2: can never match, because it has the same conditions as rule 1',
		'Set LEAD_ROUTES',
	],
	[
		'a setting is wrong in Azure',
		offline({ settings: { EMAIL_TO: undefined, WEBSITE_SITE_NAME: 'contoso-leads' } }),
		'settings',
		'failure',
		'EMAIL_TO is missing',
		'az functionapp config appsettings set -g GROUP -n contoso-leads --settings "EMAIL_TO=…"',
	],
	[
		'a name is mistyped',
		offline({ settings: { EMAIL_FORM: 'leads@contoso.example' } }),
		'settings',
		'warning',
		'EMAIL_FORM is not a setting of the app; did you mean EMAIL_FROM?',
		'Rename it to EMAIL_FROM',
	],
	...(
		[
			['WEBHOOK_2SALES_URL', 'names the endpoint 2sales, which no endpoint can be called'],
			['WEBHOOK_SALES_EU_FORMAT', 'names the endpoint sales_eu, which no endpoint can be called'],
			['Webhook_Sales-EU_Url', 'names the endpoint sales-eu, which no endpoint can be called'],
			[`WEBHOOK_${'A'.repeat(21)}_URL`, `names the endpoint ${'a'.repeat(21)}, which no endpoint can be called`],
			['WEBHOOK_URL', 'is not a setting of the app'],
			['WEBHOOKS_SALES_URL', 'is not a setting of the app'],
			['WEBHOOK_SALES', 'is not a setting of the app'],
			['WEBHOOK_SALES_ULR', 'is not a setting of the app; did you mean WEBHOOK_SALES_URL?'],
			['WEBHOOK_SALES_TIMEOUT', 'is not a setting of the app; did you mean WEBHOOK_TIMEOUT?'],
			['WEBHOOK-SALES-URL', 'is not a setting of the app; did you mean WEBHOOK_SALES_URL?'],
			['BOARD_CLIENTID', 'is not a setting of the app; did you mean BOARD_CLIENT_ID?'],
		] as const
	).map(
		([name, words]): Row => [
			`no setting is called ${name}`,
			offline({ settings: { [name]: 'https://leads.contoso.example/' } }),
			'settings',
			'warning',
			`${name} ${words}`,
			/^names/.test(words) ? 'Use a letter, and behind it letters and digits, 20 at most: WEBHOOK_SALES_' : '',
		],
	),
	[
		'there are more endpoints than a lead has room for',
		offline({
			settings: Object.fromEntries([...Array(21).keys()].map((count) => [`WEBHOOK_E${count + 10}_URL`, 'https://leads.contoso.example/'])),
		}),
		'settings',
		'warning',
		'WEBHOOK_E30_URL is not used: there may be 20 webhook endpoints at most, and only the first 20 in alphabetical order are used',
		'Remove all settings of an endpoint that you do not need.',
	],
	[
		'AzureWebJobsStorage is missing',
		offline({ settings: { AzureWebJobsStorage: undefined } }),
		'settings',
		'failure',
		'AzureWebJobsStorage is missing or incomplete',
		'Set AzureWebJobsStorage',
	],
	[
		'AzureWebJobsStorage is no connection string',
		offline({ settings: { AzureWebJobsStorage: 'rubbish' } }),
		'settings',
		'failure',
		'AzureWebJobsStorage is not a connection string. Allowed: a connection string, or',
		'Set AzureWebJobsStorage',
	],
	[
		'AzureWebJobsStorage is rubbish',
		offline({ settings: { AzureWebJobsStorage: 'rubbish' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage is not a connection string that can be read',
		'az storage account show-connection-string',
	],
	[
		'the address of blobs is missing',
		offline({ settings: byIdentity }),
		'storage settings',
		'warning',
		'AzureWebJobsStorage__blobServiceUri is missing',
		'Set AzureWebJobsStorage__blobServiceUri',
	],
	[
		'AZURE_CLIENT_ID is missing',
		offline({ settings: { AZURE_CLIENT_ID: undefined } }),
		'identity',
		'warning',
		'AZURE_CLIENT_ID is not set: the system-assigned identity is used',
		'Set AZURE_CLIENT_ID',
	],
	[
		'the app has no identity',
		offline({ settings: { IDENTITY_ENDPOINT: undefined, WEBSITE_SITE_NAME: 'contoso-leads' } }),
		'identity',
		'failure',
		'No identity is assigned to the app',
		'az functionapp identity assign -g GROUP -n contoso-leads',
	],
	[
		'the delivery is switched off',
		offline({ settings: { 'AzureWebJobs.LeadDelivery.Disabled': 'true' } }),
		'functions',
		'failure',
		'LeadDelivery is disabled: nothing is delivered',
		'az functionapp config appsettings delete',
	],
	[
		'the sweep is switched off',
		offline({ settings: { AzureWebJobs_LeadSweep_Disabled: '1' } }),
		'functions',
		'failure',
		'LeadSweep is disabled',
		'LeadSweep',
	],
	[
		'certificates are not checked',
		offline({ settings: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }),
		'functions',
		'warning',
		'NODE_TLS_REJECT_UNAUTHORIZED is 0',
		'Remove',
	],
	[
		'the sweep runs once a day',
		offline({ settings: { LEAD_SWEEP_SCHEDULE: '0 0 6 * * *' } }),
		'sweep',
		'warning',
		'LEAD_SWEEP_SCHEDULE skips whole hours',
		'LEAD_SWEEP_SCHEDULE',
	],
	[
		'an attempt is longer than its function',
		offline({ settings: { AzureFunctionsJobHost__functionTimeout: '00:01:00' } }),
		'time limits',
		'warning',
		'DELIVERY_ATTEMPT_TIMEOUT is too close to functionTimeout',
		'DELIVERY_ATTEMPT_TIMEOUT',
	],
	[
		'host.json is not JSON',
		offline({ deps: () => ({ hostFile: () => '{' }) }),
		'host.json',
		'failure',
		'It is missing or not JSON',
		'npm run package',
	],
	[
		'bells are not base64',
		offline({ deps: hostFile({ messageEncoding: 'none' }) }),
		'host.json',
		'failure',
		'queues.messageEncoding is not base64',
		'messageEncoding',
	],
	[
		'many bells at once',
		offline({ settings: { AzureFunctionsJobHost__extensions__queues__batchSize: '16' } }),
		'host.json',
		'warning',
		'allow more than 4 bells at once',
		'batchSize 1',
	],
	[
		'a bell that fails comes back at once',
		offline({ deps: hostFile({ visibilityTimeout: '00:00:00' }) }),
		'host.json',
		'warning',
		'queues.visibilityTimeout is 0',
		'00:00:30',
	],
	[
		'one try for a bell',
		offline({ deps: hostFile({ maxDequeueCount: 1 }) }),
		'host.json',
		'warning',
		'queues.maxDequeueCount is below 2',
		'maxDequeueCount 5',
	],
	[
		'the queue is looked at seldom',
		offline({ deps: hostFile({ maxPollingInterval: '00:05:00' }) }),
		'host.json',
		'warning',
		'queues.maxPollingInterval is over a minute',
		'00:00:02',
	],
	[
		'traces are sampled away',
		offline({ deps: hostFile({ root: { logging: {} } }) }),
		'host.json',
		'warning',
		'samplingSettings may drop traces',
		'excludedTypes',
	],
	[
		'lines of functions are hidden',
		offline({ deps: hostFile({ root: { logging: { logLevel: { default: 'Error' } } } }) }),
		'host.json',
		'warning',
		'logLevel hides the lines of functions',
		'logLevel',
	],
	[
		'the routes have a prefix',
		offline({ settings: { AzureFunctionsJobHost__extensions__http__routePrefix: 'api' } }),
		'host.json',
		'warning',
		'the intake is not at /api/leads',
		'http.routePrefix to ""',
	],
	[
		'only one of the settings of the board is there',
		offline({ settings: { BOARD_CLIENT_ID: '11111111-2222-3333-4444-555555555555' } }),
		'board',
		'warning',
		'not both set',
		'signInClientId',
	],
	[
		'sign-in is off in Azure although the board is configured',
		offline({
			settings: {
				BOARD_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
				BOARD_TENANT_ID: '11111111-2222-3333-4444-555555555555',
				WEBSITE_SITE_NAME: 'app',
				WEBSITE_AUTH_ENABLED: 'False',
			},
		}),
		'board',
		'warning',
		'sign-in (App Service Authentication) is off',
		'Authentication',
	],
	[
		'there is no extension bundle',
		offline({ deps: hostFile({ root: { extensionBundle: undefined } }) }),
		'host.json',
		'failure',
		'extensionBundle is missing',
		'host.json',
	],
	[
		'Node.js is too old',
		offline({ deps: () => ({ nodeVersion: '18.20.0' }) }),
		'node',
		'failure',
		'Node.js 18.20.0 is too old',
		'Node.js 24',
	],
	[
		'Node.js is one that Functions does not run',
		offline({ deps: () => ({ nodeVersion: '23.1.0' }) }),
		'node',
		'warning',
		'not a version that Azure Functions runs (22, 24)',
		'Node.js 24',
	],
	[
		'the account is named, but not who asks for it',
		offline({ settings: { AzureWebJobsStorage: undefined, AzureWebJobsStorage__accountname: 'contosoleads' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__credential and AzureWebJobsStorage__clientId are missing: the host does not use the user-assigned identity, and does not start',
		'Set AzureWebJobsStorage__credential to managedidentity and AzureWebJobsStorage__clientId to the value of AZURE_CLIENT_ID',
	],
	[
		'the host is not told which identity',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__clientId: ' ' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__clientId is missing',
		'Set AzureWebJobsStorage__credential',
	],
	[
		'the host is not told to take a managed identity',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__credential: undefined } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__credential is missing',
		'Set AzureWebJobsStorage__credential',
	],
	[
		'the host is told to take something else',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__credential: 'managed-identity' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__credential is not managedidentity',
		'Set AzureWebJobsStorage__credential',
	],
	[
		'the identity of storage is named by its name',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__clientId: 'id-contoso-leads' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__clientId is not a GUID',
		'Set AzureWebJobsStorage__clientId',
	],
	[
		'the addresses are there, the name of the account is not',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__accountName: undefined } }),
		'storage settings',
		'warning',
		'AzureWebJobsStorage__accountName is missing: without it, some hosts sometimes cannot open their blobs and answer 401',
		'Set AzureWebJobsStorage__accountName',
	],
	[
		'an empty connection string stands beside the identity',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage: '', WEBSITE_SITE_NAME: 'contoso-leads' } }),
		'storage settings',
		'warning',
		'AzureWebJobsStorage is set but empty',
		'az functionapp config appsettings delete -g GROUP -n contoso-leads --setting-names AzureWebJobsStorage',
	],
	[
		'an old connection string stands beside the identity',
		() => offline({ settings: { ...asTheTemplate, AzureWebJobsStorage: storage.connectionString } }),
		'storage settings',
		'warning',
		'AzureWebJobsStorage is set together with AzureWebJobsStorage__accountName, AzureWebJobsStorage__blobServiceUri',
		'Remove AzureWebJobsStorage from local.settings.json',
	],
	[
		'a line break ends the connection string',
		() => offline({ settings: { AzureWebJobsStorage: `${storage.connectionString}\n` } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage has white space or an invisible character at the',
		'Set AzureWebJobsStorage',
	],
	[
		'a no-break space ends an address of storage',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__blobServiceUri: 'https://contoso.blob.core.windows.net\u00a0' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__blobServiceUri has white space, quotes or an invisible character around it: the app removes them, the host does not',
		'Set AzureWebJobsStorage__blobServiceUri',
	],
	[
		'a blank ends the name of the account',
		offline({ settings: { ...asTheTemplate, AzureWebJobsStorage__accountName: 'contoso ' } }),
		'storage settings',
		'failure',
		'AzureWebJobsStorage__accountName has white space, quotes or an invisible character around it',
		'Set AzureWebJobsStorage__accountName',
	],
	[
		'a setting of the storage connection is mistyped',
		offline({ settings: { AzureWebJobsStorage__acountName: 'contoso' } }),
		'settings',
		'warning',
		'AzureWebJobsStorage__acountName is not a setting of the storage connection; did you mean AzureWebJobsStorage__accountName?',
		'Rename it to AzureWebJobsStorage__accountName',
	],
	[
		'a setting of the storage connection has one underscore',
		offline({ settings: { AzureWebJobsStorage_accountName: 'contoso' } }),
		'settings',
		'warning',
		'AzureWebJobsStorage_accountName is not a setting of the storage connection; did you mean AzureWebJobsStorage__accountName?',
		'Rename it',
	],
	[
		'a setting is there twice, in other letters',
		offline({ settings: { Lead_Destinations: 'email' } }),
		'settings',
		'warning',
		'Lead_Destinations is LEAD_DESTINATIONS in a different letter case: the value of LEAD_DESTINATIONS is used',
		'Remove Lead_Destinations',
	],
	[
		'a name is mistyped at its beginning',
		offline({ settings: { EMIAL_TO: 'leads@contoso.example' } }),
		'settings',
		'warning',
		'EMIAL_TO is not a setting of the app; did you mean EMAIL_TO?',
		'Rename it to EMAIL_TO',
	],
	[
		'a name is mistyped in small letters',
		offline({ settings: { email_form: 'leads@contoso.example' } }),
		'settings',
		'warning',
		'email_form is not a setting of the app; did you mean EMAIL_FROM?',
		'Rename it to EMAIL_FROM',
	],
	[
		'the sweep never comes',
		offline({ settings: { LEAD_SWEEP_SCHEDULE: '0 0 0 31 2 *' } }),
		'settings',
		'warning',
		'LEAD_SWEEP_SCHEDULE never runs: none of the months it names has such a day',
		'Set LEAD_SWEEP_SCHEDULE',
	],
	[
		'the sweep runs in 23 hours',
		offline({ settings: { LEAD_SWEEP_SCHEDULE: '0 */5 0-22 * * *' } }),
		'sweep',
		'warning',
		'LEAD_SWEEP_SCHEDULE skips whole hours',
		'LEAD_SWEEP_SCHEDULE',
	],
	[
		'the intake is switched off, in other letters',
		offline({ settings: { 'azurewebjobs.leadintake.disabled': 'TRUE' } }),
		'functions',
		'failure',
		'LeadIntake is disabled',
		'LeadIntake',
	],
	[
		'the sweep is switched on by one setting and off by the other',
		offline({ settings: { 'AzureWebJobs.LeadSweep.Disabled': 'false', AzureWebJobs_LeadSweep_Disabled: 'true' } }),
		'functions',
		'failure',
		'LeadSweep is disabled',
		'LeadSweep',
	],
	[
		'an override of host.json is written in other letters',
		offline({ settings: { 'azurefunctionsjobhost:EXTENSIONS:queues:BatchSize': ' 16 ' } }),
		'host.json',
		'warning',
		'allow more than 4 bells at once',
		'batchSize 1',
	],
	[
		'members of host.json are written in other letters',
		offline({ deps: hostFile({ MessageEncoding: 'none' }) }),
		'host.json',
		'failure',
		'queues.messageEncoding is not base64',
		'messageEncoding',
	],
	[
		'traces are sampled away, in other letters',
		offline({
			settings: {
				AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__isEnabled: 'True',
				AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__excludedTypes: 'Request',
			},
		}),
		'host.json',
		'warning',
		'samplingSettings may drop traces',
		'excludedTypes',
	],
	[
		'the queue is looked at every 30 days',
		offline({ settings: { AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '30' } }),
		'host.json',
		'warning',
		'queues.maxPollingInterval is over a minute',
		'00:00:02',
	],
	[
		'a time in host.json is none',
		offline({ deps: hostFile({ visibilityTimeout: 'PT30S' }) }),
		'host.json',
		'failure',
		'queues.visibilityTimeout is not a time (hh:mm:ss): the host does not start',
		'visibilityTimeout to 00:00:30',
	],
	[
		'a number in host.json is none',
		offline({ settings: { AzureFunctionsJobHost__extensions__queues__batchSize: '1.0' } }),
		'host.json',
		'failure',
		'queues.batchSize is not a whole number from 1 to 32: the host does not start',
		'batchSize to 1',
	],
	[
		'the host refuses a number that is out of bounds',
		offline({ deps: hostFile({ batchSize: 33 }) }),
		'host.json',
		'failure',
		'queues.batchSize is not a whole number from 1 to 32: the host does not start',
		'batchSize to 1',
	],
	[
		'the host refuses a time that is too short',
		offline({ deps: hostFile({ maxPollingInterval: '00:00:00' }) }),
		'host.json',
		'failure',
		'queues.maxPollingInterval is not a time (hh:mm:ss) from a tenth of a second: the host does not start',
		'maxPollingInterval to 00:00:02',
	],
	[
		'the encoding of bells is none that the host knows',
		offline({ deps: hostFile({ messageEncoding: 'utf8' }) }),
		'host.json',
		'failure',
		'queues.messageEncoding is not base64 or none: the host does not start',
		'messageEncoding to base64',
	],
	[
		'a level of logs is none',
		offline({ deps: hostFile({ root: { logging: { logLevel: { Function: 'loud' } } } }) }),
		'host.json',
		'failure',
		'logLevel.Function is not trace, debug, information, warning, error, critical, none: the host does not start',
		'Information',
	],
	[
		'a bell that fails is hidden for longer than storage takes',
		offline({ deps: hostFile({ visibilityTimeout: '8.00:00:00' }) }),
		'host.json',
		'warning',
		'queues.visibilityTimeout is not from 0 to 7 days',
		'00:00:30',
	],
	[
		'lines of one function are hidden',
		offline({ deps: hostFile({ root: { logging: { logLevel: { Function: 'Information', 'function.leadsweep': 'Warning' } } } }) }),
		'host.json',
		'warning',
		'logLevel hides the lines of functions',
		'logLevel',
	],
	[
		'the time limit of functions is none',
		offline({ settings: { AzureFunctionsJobHost__functionTimeout: '5m' } }),
		'host.json',
		'failure',
		'functionTimeout is not a time (hh:mm:ss) from a second, or -1: the host does not start',
		'00:05:00',
	],
	// Storage.
	[
		'storage does not run',
		{ settings: { AzureWebJobsStorage: at('http://127.0.0.1:1') } },
		'storage',
		'failure',
		'The table journal: storage cannot be reached',
		'npm start',
	],
	[
		'the key of storage is wrong',
		() => ({ settings: { AzureWebJobsStorage: storage.connectionString.replace(/AccountKey=[^;]+/, 'AccountKey=AAAA') } }),
		'storage',
		'failure',
		'The queue bells: access is refused, because the key does not belong to the account',
		'az storage account show-connection-string',
	],
	[
		'the identity lacks a role',
		{ settings: byIdentity, deps: () => ({ table: async () => Promise.reject(refused) }) },
		'storage',
		'failure',
		'The table journal: access is refused, because the identity lacks a role',
		'--role "Storage Table Data Contributor"',
	],
	[
		'the storage account takes no keys',
		() => ({ settings: { AzureWebJobsStorage: at(keyless.root) } }),
		'storage',
		'failure',
		'The table journal: access is refused, because the storage account accepts no keys (shared key access is off) (403 KeyBasedAuthenticationNotPermitted)',
		'Use the identity: remove AzureWebJobsStorage and set AzureWebJobsStorage__accountName',
	],
	[
		'a network rule of the storage account keeps the app out',
		{ settings: byIdentity, deps: () => ({ table: async () => Promise.reject(withCode('AuthorizationFailure')) }) },
		'storage',
		'failure',
		'The table journal: access is refused, because a network rule of the storage account blocks the caller; the cause is not a missing role (403 AuthorizationFailure)',
		'Networking',
	],
	[
		'a role is missing, as storage says',
		{ settings: byIdentity, deps: () => ({ table: async () => Promise.reject(withCode('AuthorizationPermissionMismatch')) }) },
		'storage',
		'failure',
		'The table journal: access is refused, because the identity lacks a role (403 AuthorizationPermissionMismatch)',
		'--role "Storage Table Data Contributor"',
	],
	[
		'storage is reached by an identity that gets no token',
		{
			settings: byIdentity,
			deps: () => ({
				table: async () => Promise.reject(new TokenError('the token endpoint answered 400: no', 'HTTP_400', { statusCode: 400 })),
			}),
		},
		'storage',
		'failure',
		'The table journal: the identity gets no token, because the token endpoint answered 400: no (HTTP_400 TokenError)',
		'set AzureWebJobsStorage__clientId',
	],
	[
		'storage is busy',
		() => ({ settings: { AzureWebJobsStorage: at(busy.root) } }),
		'storage',
		'failure',
		'The queue spill fails (503',
		'Resource health',
	],
	[
		'a page answers in place of tables',
		() => ({ settings: { AzureWebJobsStorage: at(pages.root) } }),
		'storage',
		'failure',
		'The table journal: something else answers in place of storage',
		'between the app and the account',
	],
	[
		'a page answers in place of queues',
		() => ({ settings: { AzureWebJobsStorage: at(pages.root) } }),
		'storage',
		'failure',
		'The queue spill: something else answers in place of storage',
		'between the app and the account',
	],
	[
		'storage does not answer',
		() => ({ settings: { AzureWebJobsStorage: at(silent.root) }, hangs: true }),
		'storage',
		'failure',
		'The table journal: storage does not answer in time',
		'Networking',
	],
	// Clock and tokens.
	['our clock is 2 minutes ahead', { deps: clockOff(120_000) }, 'clock', 'warning', 'This clock is about 2 minutes ahead', 'timedatectl'],
	[
		'our clock is 10 minutes behind',
		{ deps: clockOff(-600_000) },
		'clock',
		'failure',
		'This clock is about 10 minutes behind: tokens and signatures are refused',
		'timedatectl',
	],
	[
		'nobody tells the time',
		() => ({
			settings: { AzureWebJobsStorage: at('http://127.0.0.1:1') },
			faults: { graph: 'reset', dataverse: 'reset' },
			deps: ({ fetch }) => ({ fetch: (url, init) => (init?.method === 'HEAD' ? Promise.reject(new TypeError('no')) : fetch(url, init)) }),
		}),
		'clock',
		'warning',
		'Cannot check: none of the services',
		'again',
	],
	[
		'AZURE_CLIENT_ID is somebody else’s',
		{ realIdentity: true, settings: { AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555' } },
		'token',
		'failure',
		'There is no token for Microsoft Graph: the token endpoint answered 400: No User Assigned or Delegated Managed Identity found',
		'set AZURE_CLIENT_ID to its client id',
	],
	[
		'the identity endpoint is down',
		{ realIdentity: true, faults: { identity: { status: 500 } } },
		'token',
		'failure',
		'There is no token for Dataverse: the token endpoint answered 500: ',
		'Wait a minute',
	],
	[
		'the identity endpoint breaks off',
		{ realIdentity: true, faults: { identity: 'reset' } },
		'token',
		'failure',
		'There is no token for Microsoft Graph: the token endpoint cannot be reached (ECONNRESET)',
		'Wait a minute',
	],
	[
		'the identity endpoint hangs',
		{ realIdentity: true, faults: { identity: 'hang' }, hangs: true },
		'token',
		'failure',
		'There is no token for Dataverse: the token endpoint did not respond',
		'Wait a minute',
	],
	[
		'the token is of another application',
		{ deps: token({ ...graphAudience, appid: '99999999-0000-0000-0000-000000000001' }) },
		'token',
		'warning',
		'The token for Microsoft Graph belongs to another application than AZURE_CLIENT_ID: the application 99999999-0000-0000-0000-000000000001, object an-object, tenant a-tenant',
		'Set AZURE_CLIENT_ID',
	],
	[
		'the token is for somebody else',
		{ deps: token({ ...graphAudience, appid: sandboxClientId }) },
		'token',
		'warning',
		'The token for Dataverse is for another audience',
		'cloud',
	],
	[
		'a person is signed in who may not send mail',
		{ deps: token({ ...graphAudience, appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', scp: 'User.Read email' }) },
		'token',
		'warning',
		'who may not send mail with it (no Mail.Send)',
		'--send-test',
	],
	[
		'no token, no word about the mailbox',
		{ realIdentity: true, faults: { identity: { status: 400 } } },
		'mailbox',
		'warning',
		'Cannot check without a token',
		'Fix the token',
	],
	// Mail.
	[
		'EMAIL_FROM has no mailbox',
		{ settings: { EMAIL_FROM: 'nobody@contoso.example' } },
		'mailbox',
		'failure',
		'Graph refuses to send as EMAIL_FROM (404 ErrorInvalidUser)',
		'Set EMAIL_FROM to a mailbox that exists in Exchange Online, by its primary address',
	],
	[
		'the identity may not send',
		{ faults: { graph: { status: 403 } } },
		'mailbox',
		'failure',
		'(403 ErrorAccessDenied)',
		'Application Mail.Send',
	],
	[
		'Graph does not accept the token',
		{ faults: { graph: { status: 401 } } },
		'mailbox',
		'failure',
		'(401 InvalidAuthenticationToken)',
		'GRAPH_BASE_URL',
	],
	[
		'no permission is in the token',
		{ faults: { graph: { status: 401, code: 'NoPermissionsInAccessToken' } } },
		'mailbox',
		'failure',
		'(401 NoPermissionsInAccessToken): the token carries no permission to send mail',
		'Application Mail.Send',
	],
	[
		'a policy excludes the mailbox',
		{
			faults: { graph: { status: 403, body: { error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled: … [RAOP]' } } } },
		},
		'mailbox',
		'failure',
		'(403 ErrorAccessDenied): an application access policy of Exchange Online excludes the mailbox',
		'Test-ApplicationAccessPolicy',
	],
	[
		'Exchange lets no application in',
		{ faults: { graph: { status: 403, body: { error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled.' } } } } },
		'mailbox',
		'failure',
		'EWS and REST are switched off',
		'EwsEnabled',
	],
	[
		'the mailbox is blocked, told by 400',
		{ faults: { graph: { status: 400, code: 'ErrorMessageSubmissionBlocked' } } },
		'mailbox',
		'failure',
		'does not let the mailbox EMAIL_FROM send mail',
		'Restricted entities',
	],
	['the mailbox is full', { faults: { graph: { status: 507 } } }, 'mailbox', 'failure', '(507 ErrorQuotaExceeded)', 'Empty the mailbox'],
	[
		'Graph throttles',
		{ faults: { graph: { status: 429, retryAfterSeconds: 9 } } },
		'mailbox',
		'warning',
		"limits the app's requests at the moment (429 ApplicationThrottled)",
		'Wait',
	],
	[
		'Graph is down',
		{ faults: { graph: { status: 503 } } },
		'mailbox',
		'failure',
		'Graph does not work at the moment (503',
		'status.cloud.microsoft',
	],
	['Graph breaks off', { faults: { graph: 'reset' } }, 'mailbox', 'failure', 'Graph does not work at the moment (', 'GRAPH_BASE_URL'],
	['Graph hangs', { faults: { graph: 'hang' }, hangs: true }, 'mailbox', 'failure', 'Graph does not work at the moment (', 'Wait'],
	[
		'Graph refuses the empty mail for another reason',
		{ faults: { graph: { status: 400, code: 'ErrorInvalidParameter' } } },
		'mailbox',
		'warning',
		'Cannot check without a mail',
		'--send-test',
	],
	// Dataverse.
	[
		'Dataverse does not accept the token',
		{ faults: { dataverse: { status: 401 } } },
		'dataverse',
		'failure',
		'Identity: Dataverse refuses (401)',
		'in the tenant of the identity',
	],
	[
		'there is no application user',
		{ faults: { dataverse: { status: 403, code: '0x80072560' } } },
		'dataverse',
		'failure',
		'(403 0x80072560)',
		'--application-user',
	],
	[
		'the address is none of Dataverse',
		{ faults: { dataverse: { status: 404 } } },
		'dataverse',
		'failure',
		'There is no Dataverse at DATAVERSE_URL (404)',
		'Environment URL',
	],
	[
		'a web page answers for Dataverse',
		{ deps: dataverse(/WhoAmI/, () => new Response('<html>Sign in</html>')) },
		'dataverse',
		'failure',
		'is not the Web API of Dataverse',
		'Environment URL',
	],
	[
		'the application user is disabled',
		{ faults: { dataverse: { kind: 'disabledUser' } } },
		'dataverse',
		'failure',
		'(403 0x80040225): the application user of the identity is disabled',
		'Activate it',
	],
	[
		'the application user is disabled, told by 400',
		{ faults: { dataverse: { status: 400, code: '0x80040225' } } },
		'dataverse',
		'failure',
		'(400 0x80040225): the application user of the identity is disabled',
		'Activate it',
	],
	[
		'the environment lets no such application in',
		{ faults: { dataverse: { status: 403, code: '0x80095ffc' } } },
		'dataverse',
		'failure',
		'the app access control of the environment blocks the application',
		'App access control',
	],
	[
		'the environment is in administration mode',
		{ faults: { dataverse: { status: 403, body: '' } } },
		'dataverse',
		'failure',
		'(403): Dataverse refused without a reason, as an environment in administration mode does',
		'Administration mode',
	],
	[
		'Dataverse throttles',
		{ faults: { dataverse: { status: 429, retryAfterSeconds: 9 } } },
		'dataverse',
		'warning',
		"limits the app's requests at the moment (429 0x80072322)",
		'Wait',
	],
	[
		'Dataverse is down',
		{ faults: { dataverse: { status: 503 } } },
		'dataverse',
		'failure',
		'Dataverse does not work at the moment (503)',
		'Service health',
	],
	[
		'Dataverse breaks off',
		{ faults: { dataverse: 'reset' } },
		'dataverse',
		'failure',
		'Dataverse does not work at the moment (',
		'DATAVERSE_URL',
	],
	[
		'Dataverse hangs',
		{ faults: { dataverse: 'hang' }, hangs: true },
		'dataverse',
		'failure',
		'Dataverse does not work at the moment (',
		'Wait',
	],
	[
		'no right to create leads',
		{ sandbox: { privileges: leadIntakePrivileges.filter((name) => name !== 'prvCreateLead') } },
		'privileges',
		'failure',
		'The identity lacks prvCreateLead',
		'dataverse-user.sh',
	],
	[
		'no right to read currencies',
		{
			deps: crm({ fields: { revenue: 5 } }),
			sandbox: { privileges: leadIntakePrivileges.filter((name) => name !== 'prvReadTransactionCurrency') },
		},
		'privileges',
		'failure',
		'The identity lacks prvReadTransactionCurrency',
		'--privilege prvReadTransactionCurrency --apply',
	],
	[
		'no right to tell when a lead came',
		{ sandbox: { privileges: leadIntakePrivileges.filter((name) => name !== 'prvOverrideCreatedOnCreatedBy') } },
		'privileges',
		'warning',
		'The identity lacks prvOverrideCreatedOnCreatedBy: the record of a lead that waited does not show when',
		'dataverse-user.sh',
	],
	[
		'a column that the app fills is secured',
		{ sandbox: { securedColumns: ['telephone1'] } },
		'lead columns',
		'warning',
		'The app fills the column telephone1, which is secured: the identity may not fill it, so it is left out.',
		'Column security profiles',
	],
	[
		'a column that a setting fills is secured',
		{
			settings: { DATAVERSE_FIELDS: '{"leadqualitycode":"Hot"}' },
			faults: { dataverse: { kind: 'secured', columns: ['leadqualitycode'] } },
		},
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS fills the column leadqualitycode, which is secured',
		'Column security profiles',
	],
	[
		'a column is secured, and what the identity may is not told',
		{ sandbox: { securedColumns: ['telephone1'] }, deps: dataverse(/RetrievePrincipalAttributePrivileges/, odata(403, '0x80040220')) },
		'lead columns',
		'warning',
		'which is secured: it is left out unless the identity may fill it, which cannot be checked.',
		'Column security profiles',
	],
	[
		'no right to assign leads',
		{ deps: crm({ owner: 'Marketplace sales' }), sandbox: { privileges: ['prvCreateLead', 'prvReadLead'] } },
		'privileges',
		'failure',
		'The identity lacks prvAssignLead',
		'--privilege prvAssignLead --apply',
	],
	[
		'no right to read metadata',
		{ sandbox: { privileges: ['prvCreateLead', 'prvReadLead'] } },
		'privileges',
		'warning',
		'lacks prvReadEntity, prvReadAttribute, prvReadOptionSet',
		'dataverse-user.sh',
	],
	[
		'Dataverse does not tell privileges',
		{ deps: dataverse(/RetrieveUserPrivileges/, odata(403, '0x80040220')) },
		'privileges',
		'warning',
		'Cannot check: Dataverse does not tell',
		'Manage roles',
	],
	[
		'leads may not be read',
		{ deps: dataverse(/leads\?/, odata(403, '0x80040220', 'Principal user is missing prvReadLead privilege')) },
		'lead table',
		'failure',
		'(403 0x80040220, prvReadLead is missing)',
		'Create and Read on Lead',
	],
	[
		'Dynamics 365 Sales is not installed',
		{ deps: dataverse(/leads\?/, odata(404, '0x8006088a')) },
		'lead table',
		'failure',
		'(404 0x8006088a)',
		'Dynamics 365 Sales',
	],
	[
		'metadata may not be read',
		{ deps: dataverse(/EntityDefinitions/, odata(403, '0x80040220')) },
		'lead columns',
		'warning',
		'The columns cannot be read (403)',
		'dataverse-user.sh',
	],
	[
		'a column was taken away',
		{ sandbox: { columns: otherTenantColumns } },
		'lead columns',
		'warning',
		'no column jobtitle that can be filled',
		'jobtitle',
	],
	[
		'the lead source is no choice',
		{ settings: { DATAVERSE_LEAD_SOURCE: '8' }, sandbox: { columns: otherTenantColumns } },
		'lead columns',
		'warning',
		'DATAVERSE_LEAD_SOURCE is not a choice of leadsourcecode. Choices: 100000000 Microsoft marketplace',
		'Set DATAVERSE_LEAD_SOURCE',
	],
	[
		'no right to point elsewhere',
		{
			deps: crm({ fields: { campaignid: { lookup: 'campaigns', value: 'x' } } }),
			sandbox: { privileges: ['prvCreateLead', 'prvReadLead'] },
		},
		'privileges',
		'failure',
		'The identity lacks prvAppendLead',
		'--privilege prvAppendLead --privilege prvAppendToCampaign --apply',
	],
	[
		'the field map names a column that is not there',
		{ deps: crm({ fields: { new_regoin: '{{country}}' } }), sandbox: { columns: otherTenantColumns } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS fills the column new_regoin, which does not exist or cannot be filled: it is left out. Did you mean new_region?',
		'Set DATAVERSE_FIELDS',
	],
	[
		'no right to point to campaigns',
		{
			settings: { DATAVERSE_FIELDS: '{"campaignid":{"lookup":"campaigns","by":"codename","value":"{{campaign.mktcmpid}}"}}' },
			sandbox: { privileges: leadIntakePrivileges.filter((name) => name !== 'prvAppendToCampaign') },
		},
		'privileges',
		'failure',
		'The identity lacks prvAppendToCampaign.',
		'--privilege prvAppendToCampaign --apply',
	],
	[
		'text is mapped to a lookup',
		{ settings: { DATAVERSE_FIELDS: '{"campaignid":"{{campaign.mktcmpid}}"}' } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.campaignid: is a lookup: write { "lookup": …, "value": … }.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'a constant is no choice',
		{ settings: { DATAVERSE_FIELDS: '{"leadqualitycode":"Freezing"}' } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.leadqualitycode: its value is not one of the choices. Choices: 1 Hot, 2 Warm, 3 Cold.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'a constant of a rule is out of range',
		{ settings: { LEAD_ROUTES: '[{"when":{"test":true},"choose":{"fields":{"numberofemployees":-5}}}]' } },
		'lead columns',
		'warning',
		'LEAD_ROUTES rule 1.numberofemployees: its value is not from 0 to 1000000.',
		'Set LEAD_ROUTES',
	],
	[
		'a lookup names no entity set',
		{ settings: { DATAVERSE_FIELDS: '{"campaignid":{"lookup":"campaign","value":"{{campaign.mktcmpid}}"}}' } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.campaignid: there is no entity set campaign.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'a lookup points to another table',
		{ settings: { DATAVERSE_FIELDS: '{"campaignid":{"lookup":"teams","by":"name","value":"{{company}}"}}' } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.campaignid: does not point to teams.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'a lookup searches by a column that is not there',
		{ settings: { DATAVERSE_FIELDS: '{"campaignid":{"lookup":"campaigns","by":"code","value":"{{campaign.mktcmpid}}"}}' } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.campaignid: campaigns cannot be searched by code.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'a lookup names a record that is not there',
		{
			settings: { DATAVERSE_FIELDS: '{"campaignid":{"lookup":"campaigns","value":"5a4db0c5-0000-4000-8000-000000000099"}}' },
		},
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.campaignid: campaigns has no record with this id.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'campaigns may not be searched',
		{
			settings: { DATAVERSE_FIELDS: '{"campaignid":{"lookup":"campaigns","by":"codename","value":"spring"}}' },
			deps: dataverse(/campaigns\?/, odata(403, '0x80040220')),
		},
		'lead columns',
		'warning',
		'campaigns cannot be searched (403)',
		'dataverse-user.sh',
	],
	[
		'nothing fills a column that is required',
		{ sandbox: { columns: otherTenantColumns } },
		'lead columns',
		'warning',
		'DATAVERSE_FIELDS.new_region: the column is required, and nothing fills it.',
		'Set DATAVERSE_FIELDS',
	],
	[
		'the owner is nobody',
		{ settings: { DATAVERSE_OWNER: 'Nobody at all' } },
		'lead columns',
		'warning',
		'DATAVERSE_OWNER: no one has this name or address.',
		'Set DATAVERSE_OWNER',
	],
	[
		'the owner of a rule is no team',
		{ settings: { LEAD_ROUTES: '[{"when":{},"choose":{"owner":"team:5a4db0c5-0000-4000-8000-000000000099"}}]' } },
		'lead columns',
		'warning',
		'LEAD_ROUTES rule 1: owner: no user or team has this id.',
		'Set LEAD_ROUTES',
	],
	// What the journal tells.
	['leads are undecided', { deps: tickets('undecided', 3) }, 'journal', 'warning', '3 undecided', 'LEAD_DESTINATIONS'],
	['deliveries are parked', { deps: tickets('parked', 2) }, 'journal', 'warning', '2 parked', 'npm run leads -- list --state parked'],
	[
		'payloads were rejected',
		{ deps: tickets('rejected', 1000) },
		'journal',
		'warning',
		'1000 or more rejected',
		'npm run leads -- list --state rejected',
	],
	['deliveries are overdue', { deps: tickets('email', 4) }, 'journal', 'warning', '4 overdue for more than an hour', 'sweep.failed'],
	[
		'a destination cools down that works',
		{
			deps: (deps) => ({
				journal: async () => ({
					...(await deps.journal()),
					readCooldown: async (name) =>
						name === 'crm'
							? {
									etag: '',
									cooldown: {
										until: Date.now() + 60_000,
										why: 'configuration',
										code: '403',
										since: 0,
										leads: [],
										steps: 0,
										names: ['DATAVERSE_URL'],
									},
								}
							: undefined,
				}),
			}),
		},
		'journal',
		'warning',
		'UTC: a setting or a permission is wrong (403), but the checks find nothing wrong with it.',
		'Do not wait: npm run leads -- retry --destination crm',
	],
];

describe('each fault', () => {
	it.each(faults)('%s: is found', async (_fault, situation, check, level, words, next) => {
		const given = typeof situation === 'function' ? situation() : situation;
		const lines = await look(storage.connectionString, given);
		expect(lines.filter((line) => line.check === check)).toContainEqual({
			check,
			level,
			message: expect.stringContaining(words),
			next: expect.stringContaining(next),
		});
		for (const line of lines) expectNoValue(line, given);
	});

	const found = async (situation: Situation, check: string) =>
		(await look(storage.connectionString, offline(situation)))
			.filter((line) => line.check === check)
			.map(({ level, message }) => [level, message]);

	it('is none in the settings of the template, in whatever letters', async () => {
		for (const change of [(name: string) => name, (name: string) => name.toUpperCase(), (name: string) => name.replace('__', ':')]) {
			const settings = Object.fromEntries(Object.entries(asTheTemplate).map(([name, value]) => [change(name), value]));
			const lines = await found({ settings: { AzureWebJobsStorage: undefined, ...settings } }, 'storage settings');
			expect(lines).toEqual([['ok', 'The settings name the account by its addresses; the app uses the identity to reach it.']]);
		}
	});

	it('is none on a machine whose user is signed in: the host asks for nothing more than the account there', async () => {
		const settings = { AzureWebJobsStorage: undefined, AzureWebJobsStorage__accountName: 'contoso', IDENTITY_ENDPOINT: undefined };
		expect(await found({ settings }, 'storage settings')).toMatchObject([['ok', expect.anything()]]);
	});

	it('is none in a host.json with comments, a byte order mark and a comma too many', async () => {
		const text = `\ufeff// ours\n${readFileSync('host.json', 'utf8').trimEnd().replace(/\}$/, ',}')}`;
		expect(await found({ deps: () => ({ hostFile: () => text }) }, 'host.json')).toEqual([
			['ok', 'Queues, route and logs are as the app needs them.'],
		]);
	});

	it.each(['00:05', ' 00:05:00 ', '0:5:0'])('is none in a time that the host reads: %j', async (time) => {
		const settings = { AzureFunctionsJobHost__functionTimeout: time };
		expect(await found({ settings }, 'time limits')).toMatchObject([['ok', expect.anything()]]);
	});

	it.each(['yes', 'on', ' true', '01', 'false', ''])('is none in a switch that the host does not take for one: %j', async (value) => {
		const settings = { 'AzureWebJobs.LeadSweep.Disabled': value, AzureWebJobs__LeadSweep__Disabled: 'true' };
		expect(await found({ settings }, 'functions')).toEqual([['ok', 'No function is disabled.']]);
	});
});

/** Of settings nothing is told but names; of tokens nothing. */
function expectNoValue(line: CheckLine, { settings = {} }: Situation): void {
	const said = `${line.message} ${line.next ?? ''}`;
	const values = [
		...Object.entries(settings).flatMap(([name, value]) => (value && value.length > 4 && name !== 'WEBSITE_SITE_NAME' ? [value] : [])),
	];
	const allowed = [
		'leads@contoso.com',
		'0 0 6 * * *',
		'00:01:00',
		'0 */5 * * * *',
		'email',
		'contoso',
		'false',
		'managedidentity',
		'Request',
	];
	for (const value of [...values, 'leads@contoso.example', 'sales@contoso.example', '127.0.0.1', 'AccountKey', 'Bearer', sandboxClientId])
		if (!allowed.includes(value)) expect(said).not.toContain(value);
}
