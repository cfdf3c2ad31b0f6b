import { describe, expect, it } from '@jest/globals';
import { type FormatName, formatTraits } from '../../../../shared/destinations/webhook/format-traits.ts';
import { formats } from '../../../../shared/destinations/webhook/formats/formats.ts';
import type { PostAnswer } from '../../../../shared/destinations/webhook/send/post-once.ts';
import { leadId } from '../../../support/delivery-request.ts';
import { endpointWithFormat } from '../../../support/endpoint.ts';

type Meaning = 'delivered' | 'transient' | 'maybeDone' | 'configuration' | 'permanent' | 'refused';

interface Answer {
	status: number;
	text?: string;
	headers?: Record<string, string>;
	attempt?: number;
	ended?: PostAnswer['ended'];
}

function outcomeOf(format: FormatName, { status, text = '', headers = {}, attempt = 1, ended = 'whole' }: Answer) {
	const { repeatable } = formatTraits[format];
	const answer = { status, text, header: (name: string) => headers[name], ended };
	return formats[format].outcome({ answer, leadId, attempt, own: endpointWithFormat(format), setting: 'WEBHOOK_SALES_URL', repeatable });
}

/** `refused`: transient for three attempts, then permanent. */
function meaningOf(format: FormatName, answer: Answer): Meaning {
	const outcome = outcomeOf(format, answer);
	const later = outcomeOf(format, { ...answer, attempt: 4 });
	if (outcome.kind === 'transient' && later.kind === 'permanent') return 'refused';
	return outcome.kind === 'transient' && outcome.maybeDone ? 'maybeDone' : outcome.kind;
}

const every: [status: number, meaning: Meaning][] = [
	[301, 'configuration'],
	[308, 'configuration'],
	[400, 'refused'],
	[401, 'configuration'],
	[402, 'refused'],
	[403, 'configuration'],
	[404, 'configuration'],
	[405, 'configuration'],
	[408, 'transient'],
	[410, 'configuration'],
	[413, 'permanent'],
	[415, 'configuration'],
	[418, 'refused'],
	[422, 'refused'],
	[423, 'transient'],
	[425, 'transient'],
	[429, 'transient'],
	[503, 'transient'],
	[522, 'transient'],
];

describe.each(Object.keys(formats) as FormatName[])('an answer to the format %s', (format) => {
	it.each(every)('%i alone is %s', (status, meaning) => expect(meaningOf(format, { status })).toBe(meaning));

	it.each([500, 502, 504, 520, 524, 599])('%i may have been done, unless a repetition is known to the receiver', (status) => {
		expect(meaningOf(format, { status })).toBe(formatTraits[format].repeatable ? 'transient' : 'maybeDone');
	});

	it('is waited for as long as it asks', () => {
		expect(outcomeOf(format, { status: 429, headers: { 'retry-after': '120' } })).toMatchObject({ retryAfterMs: 120_000 });
		expect(outcomeOf(format, { status: 503, headers: { 'retry-after': '999999' } })).toMatchObject({ retryAfterMs: 86_400_000 });
	});

	it('that refuses the fourth time is parked, unless others are refused in the same way', () => {
		expect(outcomeOf(format, { status: 422, attempt: 3 }).kind).toBe('transient');
		expect(outcomeOf(format, { status: 422, attempt: 4 })).toMatchObject({ kind: 'permanent', smallest: true });
	});
});

const rows: [FormatName, Answer, Meaning][] = [
	['standard', { status: 200, text: '<html>anything</html>' }, 'delivered'],
	['standard', { status: 204 }, 'delivered'],
	['standard', { status: 409 }, 'refused'],
	['json', { status: 200, text: '{"status":"success"}' }, 'delivered'],
	['json', { status: 200, text: 'Accepted' }, 'delivered'],
	['json', { status: 400, text: 'Queue is full.', attempt: 9 }, 'transient'],
	['json', { status: 404, text: '{"message":"The requested webhook is not registered."}' }, 'configuration'],
	['custom', { status: 201 }, 'delivered'],
	['custom', { status: 400, text: 'Queue is full.', attempt: 9 }, 'transient'],
	['teams', { status: 202 }, 'delivered'],
	['teams', { status: 200, text: '{}' }, 'delivered'],
	['teams', { status: 401, text: '{"error":{"code":"DirectApiAuthorizationRequired"}}' }, 'configuration'],
	['teams', { status: 400, text: '{"error":{"code":"WorkflowTriggerNotFound"}}' }, 'configuration'],
	['teams', { status: 400, text: '{"error":{"code":"WorkflowDisabled"}}', attempt: 5 }, 'configuration'],
	['teams', { status: 400, text: '{"error":{"code":"InvalidRequestContent"}}' }, 'refused'],
	['teams', { status: 409, attempt: 9 }, 'transient'],
	['slack', { status: 200, text: 'ok' }, 'delivered'],
	['slack', { status: 200, text: 'ok\n' }, 'delivered'],
	['slack', { status: 200, text: '<html>proxy</html>' }, 'configuration'],
	['slack', { status: 204 }, 'configuration'],
	['slack', { status: 200, text: 'ok', ended: 'broken' }, 'delivered'],
	['slack', { status: 200, text: 'o', ended: 'broken' }, 'maybeDone'],
	['slack', { status: 200, text: '', ended: 'broken' }, 'maybeDone'],
	['slack', { status: 200, text: 'ok'.repeat(8192), ended: 'long' }, 'configuration'],
	['slack', { status: 302, ended: 'broken' }, 'configuration'],
	['slack', { status: 400, text: 'inval', ended: 'broken' }, 'refused'],
	['slack', { status: 400, text: 'invalid_payload' }, 'refused'],
	['slack', { status: 400, text: 'invalid_blocks' }, 'refused'],
	['slack', { status: 400, text: 'no_team', attempt: 9 }, 'configuration'],
	['slack', { status: 403, text: 'action_prohibited' }, 'configuration'],
	['slack', { status: 404, text: 'no_service' }, 'configuration'],
	['slack', { status: 410, text: 'channel_is_archived' }, 'configuration'],
	['slack', { status: 500, text: 'rollback_error' }, 'transient'],
	['googlechat', { status: 200, text: '{"name":"spaces/A/messages/B","thread":{"name":"spaces/A/threads/C"}}' }, 'delivered'],
	['googlechat', { status: 200, text: '<html>' }, 'configuration'],
	['googlechat', { status: 200, text: '' }, 'configuration'],
	['googlechat', { status: 200, text: 'not the "name" of anything' }, 'configuration'],
	['googlechat', { status: 200, text: '{"name":"spaces/A/messages/B"' }, 'configuration'],
	['googlechat', { status: 200, text: '{"name":"Ada"}' }, 'configuration'],
	['googlechat', { status: 200, text: '{"name":{"name":"spaces/A"}}' }, 'configuration'],
	['googlechat', { status: 200, text: '[{"name":"spaces/A/messages/B"}]' }, 'configuration'],
	['googlechat', { status: 200, text: '{"message":"{\\"name\\":\\"spaces/A/messages/B\\"}"}' }, 'configuration'],
	['googlechat', { status: 200, text: '{\n  "name": "spaces/A/messages/B",\n  "cardsV2": [', ended: 'long' }, 'delivered'],
	['googlechat', { status: 200, text: '{"sender":{"name":"users/1"},"name":"spaces/A/messages/B.C","x":"', ended: 'long' }, 'delivered'],
	['googlechat', { status: 200, text: '{"echo":"{\\"name\\":\\"spaces/A/messages/B\\"}', ended: 'long' }, 'configuration'],
	['googlechat', { status: 200, text: '<p>"name":"spaces/A/messages/B"', ended: 'long' }, 'configuration'],
	['googlechat', { status: 200, text: '{"name":"spaces/A/messages/B","thr', ended: 'broken' }, 'delivered'],
	['googlechat', { status: 200, text: '{"name":"spaces/A/mess', ended: 'broken' }, 'maybeDone'],
	['googlechat', { status: 200, text: '', ended: 'broken' }, 'maybeDone'],
	['googlechat', { status: 403, text: '{"error":{"status":"PERMISSION_DENIED"}}' }, 'configuration'],
	['googlechat', { status: 400, text: '{"error":{"status":"INVALID_ARGUMENT"}}' }, 'refused'],
	[
		'googlechat',
		{ status: 400, text: '{"error":{"message":"API key not valid. Please pass a valid API key."}}', attempt: 9 },
		'configuration',
	],
	['googlechat', { status: 429, text: '{"error":{"status":"RESOURCE_EXHAUSTED"}}' }, 'transient'],
	['hubspot', { status: 200, text: '{"inlineMessage":"Thanks"}' }, 'delivered'],
	[
		'hubspot',
		{ status: 400, text: '{"status":"error","errors":[{"errorType":"INVALID_EMAIL","message":"Error in ada@example.com"}]}' },
		'permanent',
	],
	['hubspot', { status: 400, text: '{"errors":[{"errorType":"BLOCKED_EMAIL"}]}' }, 'permanent'],
	['hubspot', { status: 400, text: '{"errors":[{"errorType":"REQUIRED_FIELD"}]}' }, 'refused'],
	['hubspot', { status: 400, text: '{"errors":[{"errorType":"FIELD_NOT_IN_FORM_DEFINITION"}]}', attempt: 9 }, 'configuration'],
	['hubspot', { status: 429, text: '{"errorType":"RATE_LIMIT"}' }, 'transient'],
	['hubspot', { status: 477, attempt: 9 }, 'transient'],
	['hubspot', { status: 521 }, 'transient'],
	['form', { status: 200, headers: { 'is-processed': 'true' } }, 'delivered'],
	['form', { status: 200, headers: { 'is-processed': 'true Exception:common.exception.SalesforceGenericException' } }, 'refused'],
	['form', { status: 302, headers: { location: 'https://www.example.com/', 'is-processed': 'true' } }, 'delivered'],
	['form', { status: 302, headers: { location: 'https://login.salesforce.com/' } }, 'configuration'],
	['form', { status: 200 }, 'delivered'],
];

it.each(rows)('%s answered %j means %s', (format, answer, meaning) => expect(meaningOf(format, answer)).toBe(meaning));

it('says of a workflow only that it has accepted, with the id of its run', () => {
	expect(outcomeOf('teams', { status: 202, headers: { 'x-ms-workflow-run-id': '08584 <b>' } })).toMatchObject({ proof: { id: leadId } });
	expect(outcomeOf('teams', { status: 202, headers: { 'x-ms-workflow-run-id': '08584539123456789' } })).toEqual({
		kind: 'delivered',
		proof: { id: '08584539123456789', how: 'accepted by the workflow; whether it was posted is in its run history' },
	});
});

it('warns when Salesforce does not say what became of the form', () => {
	expect(outcomeOf('form', { status: 200 })).toMatchObject({ warnings: [expect.stringMatching(/^WEBHOOK_SALES_URL: .*Is-Processed/)] });
	expect(outcomeOf('form', { status: 200, headers: { 'is-processed': 'true' } })).not.toHaveProperty('warnings');
});
