import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { Column } from '../dataverse/column.ts';
import type { LeadTable } from '../dataverse/lead-table.ts';
import type { Mail, Mailbox } from '../graph/mailbox.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { Messages } from '../webhooks/messages.ts';
import { mailDocument, mailPolicy } from './mail-document.ts';
import type { Listing, MailDetail, MailSummary } from './page-data.ts';
import { pagePolicy, pageShell } from './page-shell.ts';
import { toLeadDetail, toLeadSummary } from './to-lead-detail.ts';
import { toMessageDetail, toMessageSummary } from './to-message-detail.ts';
import { toSnippet } from './to-snippet.ts';

interface Pages {
	mailbox: Pick<Mailbox, 'all' | 'find'>;
	table: Pick<LeadTable, 'all' | 'find'>;
	columns: Column[];
	messages: Pick<Messages, 'all' | 'find'>;
	/** Where the built pages are. */
	folder: string;
}

/** So many are listed at most: a list is for looking, `/mailbox.json` has them all. */
const mostListed = 500;

const titles = { start: 'Sandbox', mailbox: 'Mailbox · Sandbox', crm: 'CRM · Sandbox', messages: 'Messages · Sandbox' } as const;

const listing = <Item, Shown>(items: readonly Item[], show: (item: Item) => Shown): Listing<Shown> => ({
	total: items.length,
	items: items.slice(-mostListed).reverse().map(show),
});

/** Cutting 500 bodies down to their first words takes a while: once for each. */
const snippets = new WeakMap<Mail, string>();
function snippetOf(mail: Mail): string {
	const snippet = snippets.get(mail) ?? toSnippet(mail.html);
	snippets.set(mail, snippet);
	return snippet;
}

const toSummary = (mail: Mail): MailSummary => {
	const { id, from, to, subject, receivedAt } = mail;
	return { id, from, to, subject, receivedAt, snippet: snippetOf(mail) };
};
const toDetail = (mail: Mail): MailDetail => {
	const { cc, bcc, replyTo, importance, headers } = mail;
	return { ...toSummary(mail), cc, bcc, replyTo, importance, headers };
};

/** The pages (`/`, `/mailbox`, `/crm`, `/messages`), what they are drawn from, and each mail's body under its own address. */
export function pageRoutes({ mailbox, table, columns, messages, folder }: Pages) {
	const page = (name: keyof typeof titles) => (c: Context) =>
		existsSync(join(folder, `${name}.page.js`))
			? c.html(pageShell(name, titles[name]), 200, { 'content-security-policy': pagePolicy, 'cache-control': 'no-cache' })
			: c.text('The pages are not built. Run: npm run build', 503);
	return new Hono<SandboxEnv>()
		.use(async (c, next) => {
			await next();
			c.header('x-content-type-options', 'nosniff');
			c.header('referrer-policy', 'no-referrer');
		})
		.get('/', page('start'))
		.get('/mailbox', page('mailbox'))
		.get('/crm', page('crm'))
		.get('/messages', page('messages'))
		.get('/pages/:file{[a-z]+\\.page\\.(js|css)}', (c) => {
			const path = join(folder, c.req.param('file'));
			if (!existsSync(path)) return c.notFound();
			const type = path.endsWith('.js') ? 'text/javascript' : 'text/css';
			return c.body(readFileSync(path), 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
		})
		.get('/mailbox/mails', (c) => c.json(listing(mailbox.all(), toSummary)))
		.get('/mailbox/mails/:id', (c) => {
			const mail = mailbox.find(c.req.param('id'));
			return mail ? c.json(toDetail(mail)) : c.notFound();
		})
		.get('/mailbox/mails/:id/body', (c) => {
			const mail = mailbox.find(c.req.param('id'));
			return mail ? c.html(mailDocument(mail.html), 200, { 'content-security-policy': mailPolicy }) : c.notFound();
		})
		.get('/messages/items', (c) => c.json(listing(messages.all(), toMessageSummary)))
		.get('/messages/items/:id', (c) => {
			const message = messages.find(c.req.param('id'));
			return message ? c.json(toMessageDetail(message)) : c.notFound();
		})
		.get('/crm/leads', (c) => c.json(listing(table.all(), toLeadSummary)))
		.get('/crm/leads/:id', (c) => {
			const row = table.find(c.req.param('id'));
			return row ? c.json(toLeadDetail(row, columns)) : c.notFound();
		})
		.get('/main.aspx', (c) => {
			// Where the link to a record leads in Dynamics 365: ?etn=lead&id=<guid>&pagetype=entityrecord
			const id = (c.req.query('id') ?? '').toLowerCase();
			return c.redirect(table.find(id) ? `/crm#${id}` : '/crm');
		});
}
