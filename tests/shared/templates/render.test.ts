import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Lead } from '../../../shared/lead/lead.ts';
import { checkTemplate } from '../../../shared/templates/check-template.ts';
import { renderHtml } from '../../../shared/templates/render-html.ts';
import { renderLine, renderText } from '../../../shared/templates/render-text.ts';
import { templateView } from '../../../shared/templates/template-view.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { templateSource } from '../../support/template-source.ts';

const evil = `<script>alert("x")</script> & 'y' {{name}} {{{name}}} {{> part}} {{#company}}\n[x](javascript:1)`;
const html = (template: string, ...source: Parameters<typeof templateSource>) => {
	const rendered = renderHtml(template, templateView(templateSource(...source)));
	return rendered.ok ? rendered.text : rendered;
};

describe('rendering a template', () => {
	it('as text leaves values as they are', () => {
		expect(renderText('{{company}}|{{description}}', templateView(templateSource({ company: evil })))).toEqual({
			ok: true,
			text: `${evil}|Please call me.\nThanks`,
		});
	});

	it('as a line takes line breaks and control characters out', () => {
		const view = templateView(templateSource({ company: 'a\r\nBcc: b@evil.example\u0000\u202e' }));
		expect(renderLine('New:\n  {{company}}', view)).toEqual({ ok: true, text: 'New: a Bcc: b@evil.example' });
	});

	it('as HTML escapes values for the place where they are printed', () => {
		const lead = { company: evil, email: 'a&b@example.com', description: 'one\ntwo' };
		expect(html('<b>{{company}}</b>', lead)).toBe(
			'<b>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39; {{name}} {{{name}}} {{&gt; part}} {{#company}}<br>[x](javascript:<span></span>1)</b>',
		);
		expect(html('<i title="{{description}}">{{description}}</i>', lead)).toBe('<i title="one two">one<br>two</i>');
		expect(html('<a href="{{company}}"></a>', lead)).not.toMatch(/javascript:|<script|" /);
		expect(html('<a href="https://x.example/?q={{email}}"></a>', lead)).toBe('<a href="https://x.example/?q=a%26b@example.com"></a>');
	});

	it('as HTML prints our own links and parts as they are', () => {
		const own = {
			links: { mail: 'mailto:a@b.example?subject=Re%3A' },
			parts: { top: '<h1>Hi</h1>' },
			recordUrl: 'https://crm.example/?a=1&b=2',
		};
		expect(html('{{parts.top}}<a href="{{links.mail}}"></a><a href="{{recordUrl}}"></a>{{parts.foot}}', {}, own)).toBe(
			'<h1>Hi</h1><a href="mailto:a@b.example?subject=Re%3A"></a><a href="https://crm.example/?a=1&amp;b=2"></a>',
		);
	});

	it.each([
		'{{company.constructor.name}}',
		'{{compny}}',
		'{{{company}}}',
		'{{#company}}',
		'{{>x}}',
		'{{constructor}}',
		'{{__defineGetter__}}',
	])('refuses %s as a value, so that the built-in text takes its place', (template) => {
		const view = templateView(templateSource());
		const refusal = { ok: false, problems: checkTemplate(template, 'text') };
		expect([renderText(template, view), renderLine(template, view), renderHtml(template, view)]).toEqual([refusal, refusal, refusal]);
	});

	it('prints nothing of a prototype, whatever the names of the sender', () => {
		const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'length'];
		const template = names.map((name) => `[{{campaign.${name}}}{{#campaign.${name}}}x{{/campaign.${name}}}{{unknown.a.${name}}}]`).join('');
		const campaign = [{ name: 'prototype', value: 'y' }];
		expect(renderText(template, templateView(templateSource({ campaign, unknown: [{ name: 'a', value: 'z' }] })))).toEqual({
			ok: true,
			text: '[]'.repeat(names.length),
		});
	});
});

const names = ['name', 'company', 'description', 'campaign.a', 'unknown.b', 'email', 'offerTitle', 'receivedAt', 'marks'];
const sections = ['company', 'description', 'campaign.a', 'isTest', 'campaignList', 'unknownList', 'parts.top', 'earlier'];
const piece = fc.oneof(
	fc.constantFrom(...names).map((name) => `{{${name}}}`),
	fc.constantFrom(...names).map((name) => `<i title="x {{${name}}}"></i>`),
	fc.constantFrom(...names).map((name) => `<a href='https://x.example/{{${name}}}'></a>`),
	fc
		.tuple(fc.constantFrom('#', '^'), fc.constantFrom(...sections), fc.constantFrom(...names))
		.map(([sigil, section, name]) => `{{${sigil}${section}}}<p>{{${name}}}</p>{{/${section}}}`),
	fc.constantFrom(
		'{{#campaignList}}<td title="{{name}}">{{value}}</td>{{/campaignList}}',
		'{{parts.top}}',
		'text ',
		'<br>',
		'\n',
		'<p style="color:red"></p>',
		' < 3 > 2 ',
	),
	// Mostly refused.
	fc.constantFrom(
		'<p ',
		'">',
		"'",
		'<p title={{name}}>',
		'<style>',
		'<!--',
		'-->',
		'<{{name}}>',
		'{{{name}}}',
		'{{#company}}',
		'{{/company}}',
		'"',
		'<p title="',
	),
);
const templates = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

const value = fc.oneof(
	fc.string(),
	fc.string({ unit: 'grapheme' }),
	fc.constantFrom(
		evil,
		'"><img src=x onerror=alert(1)>',
		"' onmouseover='x",
		'--></style></script>',
		'{{{name}}}',
		'{{=<% %>=}}',
		'javascript:alert(1)',
		'__proto__',
		'\uE000',
		'&lt;',
	),
);
const namedValues = fc.array(fc.record({ name: value, value }), { maxLength: 3 });
const leads = fc.record(
	{
		firstName: value,
		company: value,
		email: value,
		description: value,
		offerTitle: value,
		campaign: namedValues,
		unknown: namedValues,
		isTest: fc.boolean(),
	},
	{ requiredKeys: [] },
) as fc.Arbitrary<Partial<Lead>>;

describe('whatever a lead says', () => {
	const parts = { top: '<h1>top</h1>' };
	/** The same lead, but harmless: present where the other is present, so that the same sections are shown. */
	const tame = (lead: Partial<Lead>): Partial<Lead> =>
		Object.fromEntries(
			Object.entries(lead).map(([member, said]) => [
				member,
				typeof said === 'string'
					? said && 'x'
					: Array.isArray(said)
						? said.map(({ name, value }) => ({ name, value: value && 'x' }))
						: said,
			]),
		);
	const count = (text: string) => [...'<>"\''].map((character) => text.replaceAll(/<br>|<span><\/span>/g, '').split(character).length);

	it('prints no address of a lead that a mail client could make a link of, but our own links as they are', () => {
		const source = templateSource({ description: 'see https://a.example', email: 'a@b.example' }, { recordUrl: 'https://crm.example/1' });
		const rendered = renderHtml(
			'{{description}} {{email}} {{recordUrl}} <a href="https://x.example/?q={{email}}" title="{{email}}">x</a>',
			templateView(source),
		);
		expect(rendered).toEqual({
			ok: true,
			text: 'see https:<span></span>//a.<span></span>example a@<span></span>b.<span></span>example https://crm.example/1 <a href="https://x.example/?q=a@b.example" title="a@b.example">x</a>',
		});
	});

	it('all markup of the HTML is the template’s: none of the characters that make markup comes from a value', () => {
		let rendered = 0;
		fc.assert(
			fc.property(templates, leads, (template, lead) => {
				const wild = renderHtml(template.replaceAll('<br>', '<hr>'), templateView(templateSource(lead, { parts })));
				const tamed = renderHtml(template.replaceAll('<br>', '<hr>'), templateView(templateSource(tame(lead), { parts })));
				expect(wild.ok).toBe(tamed.ok);
				if (!wild.ok || !tamed.ok) return;
				rendered++;
				expect(count(wild.text)).toEqual(count(tamed.text));
				expect(wild.text).not.toMatch(/href='[^']*javascript:/i);
			}),
			propertyRuns,
		);
		expect(rendered).toBeGreaterThan(propertyRuns.numRuns / 4);
	});

	it('braces in it are text', () => {
		fc.assert(
			fc.property(value, (company) => {
				const rendered = renderText('[{{company}}]', templateView(templateSource({ company })));
				expect(rendered).toEqual({ ok: true, text: `[${company}]` });
			}),
			propertyRuns,
		);
	});

	it('and whatever the template, nothing throws, and there is text or a reason', () => {
		fc.assert(
			fc.property(
				fc.oneof(templates, fc.string(), fc.string({ unit: fc.constantFrom('{', '}', '#', '/', 'a', '<', '"', '>', ' ', '=', '!') })),
				leads,
				(template, lead) => {
					const view = templateView(templateSource(lead, { parts }));
					for (const rendered of [renderText(template, view), renderLine(template, view), renderHtml(template, view)])
						expect(rendered.ok || rendered.problems.length > 0).toBe(true);
				},
			),
			propertyRuns,
		);
	});
});
