import { connect as connectPlain } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import { type CheckLine, checkTimeoutMs, failure, ok } from '../../basics/check-line.ts';
import { howToSet } from '../../basics/environment.ts';
import type { DestinationName } from '../../delivery/destination.ts';
import type { DestinationCheckDeps } from '../../delivery/destination-kind.ts';
import { rulesOf } from './create-webhook-destination.ts';
import { forbiddenBy } from './send/forbidden-address.ts';
import { forbiddenCode, guardedLookup, isForbiddenHost } from './send/guarded-lookup.ts';
import type { WebhookSettings } from './webhook-settings.ts';

/**
 * Whether there is someone at the endpoint's address, with a certificate to be trusted: a connection without a request, as every request would make something
 * there. Its address is never told.
 */
export async function checkEndpoint(
	name: DestinationName,
	{ own, environment, deadline }: DestinationCheckDeps<WebhookSettings>,
): Promise<CheckLine[]> {
	const { url, format, formatIsUsual } = own;
	if (url === undefined) return [];
	const setting = `${own.prefix}URL`;
	const code = await connectTo({ ...own, url }, deadline(checkTimeoutMs));
	const how = `Its format is ${format}${formatIsUsual ? ', by its host' : ''}.`;
	if (code === undefined)
		return [
			ok(
				name,
				`Its host answers. ${how} Only a message proves more (--send-test)${format === 'teams' ? ': look into the channel, as Teams says nothing of a message that was not posted' : ''}.`,
			),
		];
	if (code === forbiddenCode)
		return [
			failure(
				name,
				'Its host has a private address, which is not called.',
				`Set WEBHOOK_PRIVATE_NETWORKS to the address range of your network (this machine, link-local addresses and those of Azure itself are never called), or give it a public one. ${howToSet(setting, environment)}`,
			),
		];
	return [failure(name, `Its host cannot be reached (${code}). ${how}`, `Check the host in ${setting}. ${howToSet(setting, environment)}`)];
}

/** The code of what went wrong; undefined when the connection stood. */
async function connectTo(own: WebhookSettings & { url: string }, signal: AbortSignal): Promise<string | undefined> {
	const url = new URL(own.url);
	const isForbidden = forbiddenBy(rulesOf(own));
	if (isForbiddenHost(url, isForbidden)) return forbiddenCode;
	const isPlain = url.protocol === 'http:';
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const options = { host, port: Number(url.port) || (isPlain ? 80 : 443), lookup: guardedLookup(isForbidden) };
	return new Promise((resolve) => {
		const socket = isPlain ? connectPlain(options) : connectByTls({ ...options, servername: host });
		const end = (code: string | undefined) => {
			signal.removeEventListener('abort', abort);
			socket.destroy();
			resolve(code);
		};
		const abort = () => end('TimeoutError');
		signal.addEventListener('abort', abort);
		socket.once(isPlain ? 'connect' : 'secureConnect', () => end(undefined));
		socket.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => end(/^[A-Z][A-Z\d_]+$/.test(code) ? code : 'unknown'));
	});
}
