import { randomUUID } from 'node:crypto';
import type { Message, Recipient } from '@microsoft/microsoft-graph-types';
import type { Mail, Person } from './mailbox.ts';

const toPeople = (recipients: Recipient[] | null | undefined): Person[] =>
	(recipients ?? []).map(({ emailAddress }) => ({
		...(emailAddress?.name && { name: emailAddress.name }),
		address: emailAddress?.address ?? '',
	}));

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const textToHtml = (text: string) =>
	`<!doctype html><pre style="white-space:pre-wrap">${text.replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign)}</pre>`;

/** A message that was taken, as the mailbox keeps it. `mailbox`: the address it is sent from; `now`: milliseconds since the epoch. */
export function toMail(message: Message, mailbox: string, now: number): Mail {
	const { contentType, content } = message.body ?? {};
	const body = content ?? '';
	return {
		id: randomUUID(),
		from: toPeople(message.from ? [message.from] : [])[0] ?? { address: mailbox },
		to: toPeople(message.toRecipients),
		cc: toPeople(message.ccRecipients),
		bcc: toPeople(message.bccRecipients),
		replyTo: toPeople(message.replyTo),
		subject: message.subject ?? '',
		importance: message.importance ?? 'normal',
		headers: Object.fromEntries((message.internetMessageHeaders ?? []).map(({ name, value }) => [name ?? '', value ?? ''])),
		html: contentType?.toLowerCase() === 'html' ? body : textToHtml(body),
		receivedAt: new Date(now).toISOString(),
	};
}
