import { describe, expect, it } from '@jest/globals';
import leadSchema from '../../../shared/lead/lead.schema.json' with { type: 'json' };
import { renderLine } from '../../../shared/templates/render-text.ts';
import { kindOf, templateNames } from '../../../shared/templates/template-names.ts';
import { templateView } from '../../../shared/templates/template-view.ts';
import { templateSource } from '../../support/template-source.ts';

/** Intl writes several kinds of blank, which differ between versions of its data. */
const said = (template: string, ...source: Parameters<typeof templateSource>) => {
	const rendered = renderLine(template, templateView(templateSource(...source)));
	return rendered.ok ? rendered.text.replace(/\s/g, ' ') : rendered;
};

describe('what a template can print', () => {
	it('is every member of a lead, lists one by one and as lists', () => {
		const lists = { campaign: 'campaignList', unknown: 'unknownList' };
		for (const member of Object.keys(leadSchema.properties)) {
			const name = lists[member as keyof typeof lists] ?? member;
			expect({ name, kind: kindOf(name, 'text') }).toEqual({ name, kind: expect.stringMatching(/^(text|flag|list)$/) });
		}
	});

	it('has a value for every name when everything is there', () => {
		const values = [{ name: 'a', value: 'b' }];
		const source = templateSource(
			{
				phone: '1',
				country: 'GB',
				title: 't',
				leadSource: 's',
				publisher: 'p',
				offer: 'o',
				campaign: values,
				unknown: values,
				isTest: true,
			},
			{
				recordUrl: 'https://crm.example/1',
				links: { mail: 'mailto:a', phone: 'tel:1' },
				parts: { top: 't', notices: 'n', actions: 'a', details: 'd', foot: 'f' },
				earlier: { leadId: '0190f0a0-0000-7000-8000-0123ffffffff', receivedAt: 0, action: 'INS', recordUrl: 'https://crm.example/0' },
			},
		);
		expect([...templateView(source).keys()].sort()).toEqual([...Object.keys(templateNames('html')), 'campaign.a', 'unknown.a'].sort());
	});

	it.each([
		['{{marks}}', '[TEST] [do not contact]', { isTest: true, doNotContact: true }],
		['{{name}}: {{actionInWords}} ({{action}}), {{sourceInWords}}', 'Ada Lovelace: Contact me (PLT), AppSource', {}],
		['{{reference}}', '1a2b3c4d', {}],
		[
			'{{phoneInternational}}, {{countryInWords}}, {{countryCode}}',
			'+44 20 7123 4567, United Kingdom (GB), GB',
			{ phone: '442071234567', country: 'UK' },
		],
		['{{phoneInternational}}, {{countryInWords}}, {{countryCode}}', '020 7123, Narnia,', { phone: '020 7123', country: 'Narnia' }],
		['{{#phone}}call {{phone}}{{/phone}}{{^phone}}no phone{{/phone}}', 'no phone', {}],
		['{{doNotContact}}', 'false', {}],
		[
			'{{campaign.mktcmpid}}, {{campaign.utm.source}}{{campaign.gone}}',
			'spring, x',
			{
				campaign: [
					{ name: 'MktCmpId', value: 'spring' },
					{ name: 'utm.source', value: 'x' },
				],
			},
		],
		[
			'{{campaign.a}}',
			'first',
			{
				campaign: [
					{ name: 'a', value: 'first' },
					{ name: 'A', value: 'second' },
				],
			},
		],
		['{{unknown.__proto__}}{{unknown.constructor}}', 'x', { unknown: [{ name: '__proto__', value: 'x' }] }],
		[
			'{{#unknownList}}{{name}}={{value}} of {{company}};{{/unknownList}}',
			'a=1 of Analytical Engines Ltd;',
			{ unknown: [{ name: 'a', value: '1' }] },
		],
	])('%s', (template, expected, lead) => {
		expect(said(template, lead)).toBe(expected);
	});

	it.each([
		['en-GB', 'UTC', '23 Nov 2026, 22:46 UTC', '23 November 2026'],
		['de-AT', 'Europe/Vienna', '23. Nov. 2026, 23:46 MEZ', '23. November 2026'],
		['ja', 'Asia/Tokyo', '2026年11月24日', '2026年11月24日'],
	])('writes dates for %s in %s', (locale, timeZone, moment, date) => {
		expect(said('{{receivedAt}}', {}, { locale, timeZone })).toContain(moment);
		expect(said('{{receivedDate}}', {}, { locale, timeZone })).toBe(date);
		expect(said('{{receivedAtIso}}', {}, { locale, timeZone })).toBe('2026-11-23T22:46:00.000Z');
	});

	it('tells of the earlier lead of the same person, numbers as the locale writes them', () => {
		const earlier = { leadId: '0190f0a0-0000-7000-8000-0123ffffffff', receivedAt: Date.parse('2026-11-11T12:00:00Z'), action: 'INS' };
		const template =
			'{{#earlier}}{{earlier.actionInWords}} {{earlier.daysAgo}} days ago (#{{earlier.reference}}){{/earlier}}{{^earlier}}new{{/earlier}}';
		expect(said(template, {}, { earlier })).toBe('Acquired / Get it now 12 days ago (#ffffffff)');
		expect(said('{{earlier.daysAgo}}', {}, { earlier, locale: 'ar-EG' })).toBe('١٢');
		expect(said(template)).toBe('new');
	});

	it('shortens what would be too long, but no link', () => {
		const source = templateSource(
			{ description: 'x'.repeat(100) },
			{ longestValue: 10, recordUrl: `https://crm.example/${'1'.repeat(50)}` },
		);
		const view = templateView(source);
		expect(view.get('description')).toBe(`${'x'.repeat(9)}…`);
		expect(view.get('recordUrl')).toHaveLength(70);
	});
});
