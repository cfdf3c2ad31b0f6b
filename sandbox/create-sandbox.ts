import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import type { Clock } from '../shared/basics/time.ts';
import { createChanges } from './changes.ts';
import type { CooldownBoard } from './cooldowns/cooldown-board.ts';
import type { Column } from './dataverse/column.ts';
import { toDataverseAnswer, tooManyAtOnce, tooManyRequests } from './dataverse/dataverse-answer.ts';
import { dataverseRoutes } from './dataverse/dataverse-routes.ts';
import { leadColumns } from './dataverse/lead-columns.ts';
import { createLeadTable, type LeadRow } from './dataverse/lead-table.ts';
import { leadIntakePrivileges } from './dataverse/user-privileges.ts';
import { createDrill } from './drill/drill.ts';
import { drillRoutes } from './drill/drill-routes.ts';
import { createFaultBoard } from './faults/fault-board.ts';
import { faultRoutes } from './faults/fault-routes.ts';
import { injectFaults } from './faults/inject-faults.ts';
import { seededRandom } from './faults/seeded-random.ts';
import { graphRoutes, toGraphAnswer, tooManyMails, tooManyAtOnce as tooManyMailsAtOnce } from './graph/graph-routes.ts';
import { createMailbox, type Mail, toMailJson } from './graph/mailbox.ts';
import { identityRoutes, toIdentityAnswer } from './identity/identity-routes.ts';
import { createTokens } from './identity/tokens.ts';
import { openKeptLines } from './kept-lines.ts';
import { limitConcurrency } from './limit-concurrency.ts';
import { documentedRates, limitRate } from './limit-rate.ts';
import { loopbackOnly } from './loopback-only.ts';
import { ownPagesOnly } from './own-pages-only.ts';
import { eventRoutes } from './pages/event-routes.ts';
import type { SandboxState } from './pages/page-data.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { createRequestLog } from './request-log.ts';
import type { SandboxEnv, ServiceName } from './sandbox-env.ts';
import { sandboxMailboxes, sandboxWebhookSecret } from './sandbox-settings.ts';
import { toKeys } from './webhooks/formats/standard.ts';
import { hookIn, hookRoutes, refuseAsSalesforce, toHookAnswer } from './webhooks/hook-routes.ts';
import { createMessages, type HookMessage, toMessageJson } from './webhooks/messages.ts';

export interface SandboxOptions {
	clock?: Clock;
	/** Mails, leads and messages are kept here (JSON lines) and are there again after a restart. */
	dataFile?: string;
	/** The addresses that have a mailbox in Graph. */
	mailboxes?: string[];
	/** The lead table of another tenant. */
	columns?: Column[];
	/** What the application user's security roles in Dataverse allow. */
	privileges?: string[];
	/** Columns of leads that a column security profile keeps from it. */
	securedColumns?: string[];
	/** The secrets with which requests to a hook may be signed, as the setting has them; undefined: the sandbox's own. */
	webhookSecrets?: (hook: string) => string | undefined;
	/** The names of further fields in the form of a hook (HubSpot's): as many as its real one may have. */
	webhookFields?: (hook: string) => string[];
	/** 0 (included) to 1 (excluded): decides whom a fault with a share strikes. */
	random?: () => number;
	/**
	 * Enforces the documented rates of Graph and Dataverse, so many times as fast as they are: 1 is 30 mails a minute, 60 is 30 mails a second. Without it
	 * only what is under way at once is limited, so that no one who tries the app waits for a limit.
	 */
	rates?: number;
	/** Passes the time of a slow answer. */
	pause?: (ms: number) => Promise<void>;
	/** Does something later, when an outage drill ends; what it returns keeps it from being done. */
	later?: (ms: number, work: () => void) => () => void;
	/** The services that the app calls here: the outage drill can cut them off. None when it is not said. */
	called?: () => readonly ServiceName[];
	/** Where a lead is posted, for the pages; undefined while it is not known. */
	intakeUrl?: () => string | undefined;
	/** Where the app's board is, for the pages; undefined while it is not known. */
	boardUrl?: () => string | undefined;
	/** Settings by which the app calls services elsewhere, for the pages. */
	leadsOff?: string[];
	/** Which destinations of the app cool down, for the pages. */
	cooldowns?: Pick<CooldownBoard, 'all' | 'listen'>;
	/** Where the built pages are. */
	pagesFolder?: string;
}

function onTimer(ms: number, work: () => void): () => void {
	const timer = setTimeout(work, ms).unref();
	return () => clearTimeout(timer);
}

type KeptLine = { mail: Mail } | { lead: LeadRow } | { message: HookMessage };

/** Composes the stand-ins for Graph, Dataverse, the managed identity and the services that take a POST, their faults, and the pages, as one app. Throws when `dataFile` is damaged. */
export function createSandbox(options: SandboxOptions): Hono<SandboxEnv> {
	const { clock = Date.now, columns = leadColumns, mailboxes = sandboxMailboxes, random = seededRandom(1) } = options;
	const { privileges = leadIntakePrivileges, rates, pause = (ms) => wait(ms, undefined, { ref: false }) } = options;
	const kept = openKeptLines<KeptLine>(options.dataFile);
	const changes = createChanges();
	let version = 0;
	const changed = () => {
		version++;
		changes.tell();
	};
	const keptMails = kept.lines.flatMap((line) => ('mail' in line ? [line.mail] : []));
	const keptLeads = kept.lines.flatMap((line) => ('lead' in line ? [line.lead] : []));
	const keptMessages = kept.lines.flatMap((line) => ('message' in line ? [line.message] : []));
	const mailbox = createMailbox(keptMails, { changed, save: (mail) => kept.append({ mail }) });
	const table = createLeadTable(keptLeads, { clock, changed, save: (lead) => kept.append({ lead }) });
	const messages = createMessages(keptMessages, { clock, changed, save: (message) => kept.append({ message }) });
	const keepWhatIsLeft = () =>
		kept.replace([
			...mailbox.all().map((mail) => ({ mail })),
			...table.all().map((lead) => ({ lead })),
			...messages.all().map((message) => ({ message })),
		]);

	options.cooldowns?.listen(changes.tell);
	const board = createFaultBoard({ random, changed });
	const { later = onTimer, called: services = () => [] } = options;
	const drill = createDrill({ board, clock, later, services });
	const log = createRequestLog();
	const tokens = createTokens(clock);
	const started = clock();
	const state = (): SandboxState => {
		const intakeUrl = options.intakeUrl?.();
		const boardUrl = options.boardUrl?.();
		const counts = { mails: mailbox.all().length, leads: table.all().length, messages: messages.all().length };
		return {
			version: `${started}.${version}`,
			...counts,
			faults: board.all(),
			drill: drill.all(),
			cooldowns: options.cooldowns?.all() ?? [],
			leadsOff: options.leadsOff ?? [],
			...(intakeUrl && { intakeUrl }),
			...(boardUrl && { boardUrl }),
		};
	};

	const graph = { service: 'graph', toAnswer: toGraphAnswer } as const;
	const dataverse = { service: 'dataverse', toAnswer: toDataverseAnswer } as const;
	const identity = { service: 'identity', toAnswer: toIdentityAnswer } as const;
	const webhook = { service: 'webhook', toAnswer: toHookAnswer, hookOf: (c: Context) => hookIn(c.req.path)?.hook } as const;
	const limits = { clock, speed: rates };

	return new Hono<SandboxEnv>()
		.use(loopbackOnly)
		.use(ownPagesOnly)
		.use(
			'/graph/*',
			log.watch('graph'),
			injectFaults({ board, pause, ...graph }),
			limitConcurrency({ log, ...graph, most: 4, refusal: tooManyMailsAtOnce }),
			limitRate({ ...graph, ...limits, rate: documentedRates.graph, by: (c) => c.req.path.toLowerCase(), refusal: tooManyMails }),
		)
		.use(
			'/api/data/*',
			log.watch('dataverse'),
			injectFaults({ board, pause, ...dataverse }),
			limitConcurrency({ log, ...dataverse, most: 52, refusal: tooManyAtOnce }),
			limitRate({ ...dataverse, ...limits, rate: documentedRates.dataverse, refusal: tooManyRequests }),
		)
		.use('/identity/*', log.watch('identity'), injectFaults({ board, pause, ...identity }))
		.use('/hooks/*', log.watch('webhook'), injectFaults({ board, pause, ...webhook }), refuseAsSalesforce)
		.route('/', graphRoutes({ tokens, mailbox, mailboxes, clock }))
		.route('/', dataverseRoutes({ tokens, table, columns, privileges, secured: options.securedColumns ?? [], clock }))
		.route('/', identityRoutes({ tokens }))
		.route(
			'/',
			hookRoutes({
				messages,
				clock,
				keysOf: (hook) => toKeys(options.webhookSecrets?.(hook) ?? sandboxWebhookSecret),
				fieldsOf: (hook) => options.webhookFields?.(hook) ?? [],
			}),
		)
		.route('/', faultRoutes(board))
		.route('/', drillRoutes({ drill, boardUrl: () => options.boardUrl?.() }))
		.get('/requests.json', (c) => c.json(log.all()))
		.delete('/requests.json', (c) => {
			log.clear();
			return c.body(null, 204);
		})
		.get('/mailbox.json', (c) => c.json(mailbox.all().map(toMailJson)))
		.delete('/mailbox.json', (c) => {
			mailbox.empty();
			keepWhatIsLeft();
			return c.body(null, 204);
		})
		.get('/crm.json', (c) => c.json(table.all()))
		.delete('/crm.json', (c) => {
			table.empty();
			keepWhatIsLeft();
			return c.body(null, 204);
		})
		.get('/messages.json', (c) => c.json(messages.all().map(toMessageJson)))
		.delete('/messages.json', (c) => {
			messages.empty();
			keepWhatIsLeft();
			return c.body(null, 204);
		})
		.get('/message-counts.json', (c) => c.json(messages.counts()))
		.route('/', eventRoutes({ changes, state }))
		.route(
			'/',
			pageRoutes({ mailbox, table, columns, messages, folder: options.pagesFolder ?? join(process.cwd(), 'dist', 'sandbox', 'pages') }),
		);
}
