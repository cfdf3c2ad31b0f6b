import { afterEach, describe, expect, it } from '@jest/globals';
import { askOnce } from '../../../../shared/delivery/ask-once.ts';
import { createEmailDestination } from '../../../../shared/destinations/email/create-email-destination.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { describeDestination } from '../../../contract/destination.ts';
import { deliveryRequest, leadId } from '../../../support/delivery-request.ts';
import { type Reply, type StandIn, startStandIn } from '../../../support/stand-in.ts';

const settings = {
	from: 'leads+new@contoso.example',
	to: ['sales@contoso.example', 'boss@contoso.example'],
	cc: ['alliances@contoso.example'],
	locale: 'en-GB',
	timeZone: 'UTC',
	maxPerHour: 200,
	graphBaseUrl: 'https://graph.microsoft.com',
};
const accepted = { status: 202, headers: { 'request-id': 'graph-request' } };

describeDestination('email', {
	open: (root, getToken) => createEmailDestination({ settings: { ...settings, graphBaseUrl: root }, getToken, ask: askOnce }),
	openUnset: (getToken) => {
		const { from, ...unset } = settings;
		return createEmailDestination({ settings: unset, getToken });
	},
	success: accepted,
	repeatable: false,
});

describe('the email destination', () => {
	let graph: StandIn;
	afterEach(() => graph.close());
	const deliver = async (replyTo: (count: number) => Reply, lead: Partial<Lead> = {}) => {
		graph = await startStandIn((_, count) => replyTo(count));
		const email = createEmailDestination({ settings: { ...settings, graphBaseUrl: graph.root }, getToken: async () => 'token' });
		return email.deliver(deliveryRequest({ lead }), AbortSignal.timeout(20_000));
	};
	const sent = (index = 0) => JSON.parse(graph.received[index]?.body ?? 'null');
	const refused = {
		status: 400,
		body: JSON.stringify({ error: { code: 'errorInvalidRecipients', message: 'At least one recipient is not valid.' } }),
	};

	it.each<[string, Reply]>([
		['a page with 200', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }],
		['a page with 202', { status: 202, headers: { 'content-type': 'text/html; charset=utf-8', 'request-id': 'r' }, body: '<html>' }],
		['an empty 202 that has no mark of Graph', { status: 202 }],
		['an empty 200', { status: 200 }],
		['a 204', { status: 204, headers: { 'request-id': 'r' } }],
	])('may have been sent after %s', async (_, reply) => {
		expect(await deliver(() => reply)).toMatchObject({ kind: 'transient', maybeDone: true });
		expect(graph.received).toHaveLength(1);
	});

	it('posts the mail to the sender’s mailbox, and keeps a copy there', async () => {
		expect(await deliver(() => accepted)).toEqual({ kind: 'delivered', proof: { id: 'graph-request', how: 'accepted by Graph' } });
		expect(graph.received).toHaveLength(1);
		expect(graph.received[0]).toMatchObject({
			method: 'POST',
			path: '/v1.0/users/leads%2Bnew%40contoso.example/sendMail',
			headers: { authorization: 'Bearer token', 'content-type': 'application/json', 'client-request-id': leadId },
		});
		expect(sent()).toEqual({
			saveToSentItems: true,
			message: {
				subject: 'Get it now: Ada Lovelace, Analytical Engines Ltd – Contoso CRM [#1a2b3c4d]',
				body: { contentType: 'html', content: expect.stringMatching(/^<!DOCTYPE html>/) },
				toRecipients: [{ emailAddress: { address: 'sales@contoso.example' } }, { emailAddress: { address: 'boss@contoso.example' } }],
				ccRecipients: [{ emailAddress: { address: 'alliances@contoso.example' } }],
				replyTo: [{ emailAddress: { address: 'ada.lovelace@example.com', name: 'Ada Lovelace' } }],
				internetMessageHeaders: [
					{ name: 'x-lead-id', value: leadId },
					{ name: 'x-auto-response-suppress', value: 'All' },
				],
			},
		});
	});

	it('sends once more without Reply-To when a recipient is refused', async () => {
		const outcome = await deliver((count) => (count === 1 ? refused : accepted));
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: 'accepted by Graph, without Reply-To' } });
		expect(graph.received).toHaveLength(2);
		expect([sent(0).message.replyTo, sent(1).message.replyTo]).toEqual([expect.any(Array), undefined]);
	});

	it('delivers with the built-in text in place of a template that fails, and says what to mend', async () => {
		graph = await startStandIn(() => accepted);
		const wrong = { ...settings, body: '{{> partial}}', graphBaseUrl: graph.root };
		const email = createEmailDestination({ settings: wrong, getToken: async () => 'token' });
		expect(await email.deliver(deliveryRequest(), AbortSignal.timeout(20_000))).toEqual({
			kind: 'delivered',
			proof: { id: 'graph-request', how: 'accepted by Graph' },
			warnings: ['EMAIL_BODY holds {{>partial}}: partials are not supported'],
		});
		expect(sent().message.body.content).toContain('Head of Computing');
	});

	it('gives up when the settings’ recipients are refused, and says that nothing is left to leave out', async () => {
		expect(await deliver(() => refused)).toMatchObject({ kind: 'permanent', code: '400 errorInvalidRecipients', smallest: true });
		expect(graph.received).toHaveLength(4);
	});

	it('gives up sooner when there was no Reply-To', async () => {
		expect(await deliver(() => refused, { email: 'not an address' })).toMatchObject({ kind: 'permanent' });
		expect(graph.received).toHaveLength(2);
	});

	it.each([
		['EMAIL_CC', 'alliances@contoso.example', { ccRecipients: [] }],
		['EMAIL_TO', 'boss@contoso.example', { toRecipients: [{ emailAddress: { address: 'sales@contoso.example' } }] }],
	])('leaves out an address of %s that Graph names, keeps Reply-To, and says so', async (setting, address, change) => {
		const named = {
			status: 400,
			body: JSON.stringify({ error: { code: 'ErrorInvalidRecipients', message: `Recipient '${address.toUpperCase()}' is not resolved.` } }),
		};
		graph = await startStandIn(({ body }) => (body.includes(address) ? named : accepted));
		const email = createEmailDestination({ settings: { ...settings, graphBaseUrl: graph.root }, getToken: async () => 'token' });
		const outcome = await email.deliver(deliveryRequest(), AbortSignal.timeout(20_000));
		expect(outcome).toMatchObject({ kind: 'delivered', warnings: [expect.stringMatching(new RegExp(`^${setting}: `))] });
		expect(JSON.stringify(outcome)).not.toContain(address);
		expect(graph.received).toHaveLength(2);
		expect(sent(1).message).toMatchObject({ ...change, replyTo: [{ emailAddress: { address: 'ada.lovelace@example.com' } }] });
	});

	it('finds by trying that it is a copy, and keeps Reply-To', async () => {
		graph = await startStandIn(({ body }) => (body.includes('alliances') ? refused : accepted));
		const email = createEmailDestination({ settings: { ...settings, graphBaseUrl: graph.root }, getToken: async () => 'token' });
		const outcome = await email.deliver(deliveryRequest(), AbortSignal.timeout(20_000));
		expect(outcome).toMatchObject({
			proof: { how: 'accepted by Graph, without a copy' },
			warnings: [expect.stringMatching(/^EMAIL_CC: /)],
		});
		expect(sent(2).message.replyTo).toHaveLength(1);
	});

	it('leaves out headers that Graph does not take', async () => {
		const code = 'InvalidInternetMessageHeader';
		const outcome = await deliver((count) => (count === 1 ? { status: 400, body: JSON.stringify({ error: { code } }) } : accepted));
		expect(outcome).toMatchObject({ proof: { how: 'accepted by Graph, without its headers' } });
	});

	it('waits when Graph sees no recipients although there are, and keeps Reply-To', async () => {
		const message = "At least one recipient is not valid., A message can't be sent because it contains no recipients.";
		const outcome = await deliver(() => ({ status: 400, body: JSON.stringify({ error: { code: 'ErrorInvalidRecipients', message } }) }));
		expect(outcome).toMatchObject({ kind: 'transient', code: '400 ErrorInvalidRecipients' });
		expect(outcome).not.toHaveProperty('maybeDone');
		expect(graph.received).toHaveLength(1);
	});

	it('does not take recipients of one lead for the destination’s fault', async () => {
		graph = await startStandIn(() => refused);
		const email = createEmailDestination({ settings: { ...settings, graphBaseUrl: graph.root }, getToken: async () => 'token' });
		const request = { ...deliveryRequest(), choice: { to: ['gone@contoso.example'] } };
		expect(await email.deliver(request, AbortSignal.timeout(20_000))).not.toHaveProperty('smallest');
	});

	it('says of the second attempt that it may have been sent', async () => {
		expect(await deliver((count) => (count === 1 ? refused : { status: 504 }))).toMatchObject({ kind: 'transient', maybeDone: true });
	});
});
