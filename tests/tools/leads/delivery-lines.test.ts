import { expect, it } from '@jest/globals';
import { endAttempt } from '../../../shared/delivery/attempt.ts';
import { type Delivery, newDelivery } from '../../../shared/delivery/delivery.ts';
import { toCrmOutcome } from '../../../shared/destinations/crm/to-crm-outcome.ts';
import { toEmailOutcome } from '../../../shared/destinations/email/to-email-outcome.ts';
import { deliveryLines } from '../../../tools/leads/delivery-lines.ts';

const answer = (status: number, code: string, message = '') => ({ stage: 'answer' as const, answer: { status, code, message } });
const settings = { retryWindowMs: 1e9, retryFirstMs: 30_000, attemptTimeoutMs: 60_000 };

it('says what to fix for a delivery that waits because of a setting or a permission', () => {
	const attempt = { number: 1, at: 0, outcome: 'configuration' as const, code: '403' };
	const delivery: Delivery = { ...newDelivery(0), attempts: 1, recent: [attempt] };
	const cooldown = { until: 60_000, why: 'configuration' as const, code: '403', since: 0, leads: [], steps: 1, names: ['EMAIL_FROM'] };
	const text = (more: object) => deliveryLines('email', delivery, { leadId: 'lead', now: 10, ...more }).join('\n');
	expect(text({ cooldown })).toMatch(/to do +fix EMAIL_FROM; then it is delivered/);
	expect(text({})).toMatch(/to do +fix the setting or permission that the last attempt names/);
});

it.each([
	['crm', toCrmOutcome(answer(400, '0x80040225'), 'lead'), 'the application user of the identity is disabled', 'Activate it'],
	['email', toEmailOutcome(answer(401, 'NoPermissionsInAccessToken'), ''), 'carries no permission to send mail', 'Application Mail.Send'],
	['crm', toCrmOutcome(answer(412, '0x80060892'), 'lead'), 'another record has the same value of an alternate key', 'close the delivery'],
])('tells why a delivery to %s waits or is parked, and what to do', (name, outcome, why, remedy) => {
	const begun: Delivery = { ...newDelivery(0), attempts: 1, spent: 1, claim: { id: 'a', at: 0 } };
	const delivery = endAttempt(begun, outcome, { now: 5, tookMs: 1, random: () => 1 }, settings);
	const text = deliveryLines(name, delivery, { leadId: 'lead', now: 10 }).join('\n');
	expect(text).toContain(why);
	expect(text).toMatch(new RegExp(`to do +.*${remedy}`));
});
