import { describe, expect, it } from '@jest/globals';
import { convert } from 'html-to-text';
import type { DeliveryRequest } from '../../../../shared/delivery/destination.ts';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import { contactRows, interestRows, namedRows } from '../../../../shared/destinations/email/mail-rows.ts';
import { deliveryRequest, requestOfFixture } from '../../../support/delivery-request.ts';
import { leadFixtureNames } from '../../../support/lead-fixtures.ts';

const settings = { to: [], cc: [], locale: 'en-GB', timeZone: 'UTC' };
const earlier = { leadId: '01a20ab7-c464-702b-b5f3-497c050b7221', receivedAt: Date.parse('2026-01-02T03:04:00Z'), action: 'PLT' };
const recordUrl = 'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=1&pagetype=entityrecord';
const htmlOf = (request: DeliveryRequest, body?: string) =>
	composeMail(request, { ...settings, ...(body && { body }) }).message.body?.content ?? '';

const entities: [RegExp, string][] = [
	[/&lt;/g, '<'],
	[/&gt;/g, '>'],
	[/&quot;/g, '"'],
	[/&#39;/g, "'"],
	[/&amp;/g, '&'],
];
/** What programs make of a mail: a ticket system's library, with its defaults, and the simplest of all. */
const readers = {
	'html-to-text': (html: string) => convert(html),
	'no tags': (html: string) =>
		entities.reduce(
			(text, [entity, sign]) => text.replace(entity, sign),
			html.replace(/^.*<body/s, '<body').replace(/<!--.*?-->|<[^>]*>/gs, ''),
		),
};
const words = (text: string) => text.split(/\s+/).filter(Boolean).join(' ');
/** One blank between words, but each line of its own. */
const linesOf = (text: string) => text.split('\n').map(words).filter(Boolean);

/** Whether a text has the label at the beginning of a line and behind it, apart, the value, which may go on over lines; a link's address may follow. */
function hasRow(lines: readonly string[], label: string, value: string): boolean {
	const wanted = words(`${label}: ${value}`);
	return lines.some((_, index) => {
		let row = '';
		for (let at = index; row.length < wanted.length && at < lines.length; at++) row = row ? `${row} ${lines[at]}` : (lines[at] ?? '');
		return row === wanted || row.startsWith(`${wanted} [`) || (row.startsWith(wanted) && /^ ?⚠/.test(row.slice(wanted.length)));
	});
}

function rowsOf({ lead }: DeliveryRequest) {
	return [...contactRows(lead, {}), ...interestRows(lead), ...namedRows(lead.campaign), ...namedRows(lead.unknown)];
}

const every = Object.entries(readers);
const bodies = [
	undefined,
	'{{parts.details}}',
	'<p>Please answer today.</p>{{parts.top}}{{parts.notices}}{{parts.actions}}{{parts.details}}{{parts.foot}}',
	'<div><span>{{name}}</span><table><tr><td>{{parts.details}}</td><td>{{company}}</td></tr></table></div>',
];

describe('a mail as text', () => {
	it.each(leadFixtureNames)('has label and value of each row apart, on a line of their own: %s', (name) => {
		const usual = { ...requestOfFixture(name), recordUrl };
		const marked = { ...usual, lead: { ...usual.lead, isTest: true, doNotContact: true, hasContact: false }, earlier };
		const mails = [...bodies.map((body) => htmlOf(usual, body)), htmlOf(marked)];
		for (const [reader, read] of every)
			for (const [index, html] of mails.entries()) {
				const lines = linesOf(read(html));
				const missing = rowsOf(usual).filter(({ label, value }) => !hasRow(lines, label, value));
				expect([reader, index, missing]).toEqual([reader, index, []]);
			}
	});

	it.each(every)('has everything else on lines of its own: %s', (_, read) => {
		const lead = { isTest: true, doNotContact: true, hasContact: false };
		const lines = linesOf(read(htmlOf(deliveryRequest({ lead, recordUrl, earlier })))).map((line) => line.toLowerCase());
		const line = (beginning: string) => lines.filter((one) => one.startsWith(beginning.toLowerCase()));
		for (const beginning of ['Ada Lovelace', 'Head of Computing', '⚠ [TEST]', '⚠ Do not contact', '⚠ No contact data', '⚠ The same person'])
			expect([beginning, line(beginning).length]).toEqual([beginning, 1]);
		for (const beginning of ['Open in CRM', 'Message', 'Please call me.', 'Contact', 'Interest', 'Received 23 Nov', 'Lead reference'])
			expect([beginning, line(beginning).length > 0]).toEqual([beginning, true]);
		expect(lines).toEqual(expect.arrayContaining(['ada lovelace', 'message', 'contact', 'interest']));
	});

	it('has the buttons apart', () => {
		const text = convert(htmlOf(deliveryRequest({ recordUrl })), { wordwrap: false });
		expect(text).toMatch(/^Reply to Ada \[ada.lovelace@example.com\?subject=\S+\]$/m);
		expect(text).toMatch(/^Call \+44 20 7123 4567 \[tel:\+442071234567\]$/m);
		expect(text).toMatch(/^E-mail: ada.lovelace@example.com \[ada.lovelace@example.com\]$/m);
		expect(text).toMatch(/^Open in CRM \[https:\S+\]$/m);
	});

	it('has no dash, dot or comma that joins nothing, whatever a lead leaves out', () => {
		const whole = {
			title: 'Head',
			company: 'Contoso',
			offerTitle: 'CRM',
			action: 'PLT',
			source: 'SPZA',
			firstName: 'Ada',
			email: 'a@example.com',
		};
		const names = Object.keys(whole) as (keyof typeof whole)[];
		for (let kept = 0; kept < 2 ** names.length; kept++) {
			const lead = Object.fromEntries(names.flatMap((name, index) => (kept & (1 << index) ? [[name, whole[name]]] : [])));
			const request = { ...deliveryRequest(), lead: { isTest: false, doNotContact: false, hasContact: true, ...lead } };
			const { message } = composeMail(request, settings);
			const text = [message.subject ?? '', readers['no tags'](message.body?.content ?? '')].flatMap(linesOf).join('\n');
			expect(text).not.toMatch(/^[–·,:-]|[–·,-]$|[–·,:] [–·,[]/mu);
		}
	});
});
