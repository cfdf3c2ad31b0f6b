import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Mustache from 'mustache';
import { checkTemplate } from '../../../shared/templates/check-template.ts';
import { type TemplateTag, templateTags } from '../../../shared/templates/template-tags.ts';
import { propertyRuns } from '../../support/property-runs.ts';

type Token = [type: string, name: string, start: number, end: number, children?: Token[], close?: number];

/** The tags that mustache prints or opens, in order; it keeps no comments and no closing tags. */
const byMustache = (tokens: Token[]): unknown[] =>
	tokens.flatMap(([type, name, start, end, children]) =>
		type === 'text' ? [] : [[type, name, start, end], ...(children ? byMustache(children) : [])],
	);
const byUs = (tags: TemplateTag[]) => tags.flatMap(({ type, name, start, end }) => (type === '/' ? [] : [[type, name, start, end]]));

const piece = fc.constantFrom(
	...[
		'{{',
		'}}',
		'{',
		'}',
		'#',
		'^',
		'/',
		'!',
		'&',
		'>',
		'=',
		' ',
		'\n',
		'\t',
		'\u00a0',
		'.',
		'name',
		'company',
		'campaign.x',
		'text',
		'<p>',
	],
	...[
		'{{name}}',
		'{{ name }}',
		'{{#company}}',
		'{{# company}}',
		'{{/company}}',
		'{{^company}}',
		'{{!x}}',
		'{{\nname\n}}',
		'{{#campaignList}}',
		'{{/campaignList}}',
	],
);

describe('the tags of a template', () => {
	it('are those that mustache reads, in every template that is not refused', () => {
		let compared = 0;
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const template = pieces.join('');
				if (checkTemplate(template, 'text').length > 0) return;
				compared++;
				expect(byUs(templateTags(template).tags)).toEqual(byMustache(Mustache.parse(template) as unknown as Token[]));
			}),
			propertyRuns,
		);
		expect(compared).toBeGreaterThan(propertyRuns.numRuns / 20);
	});

	it('are refused whenever mustache refuses them', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const template = pieces.join('');
				let refused = false;
				try {
					Mustache.parse(template);
				} catch {
					refused = true;
				}
				expect(!refused || checkTemplate(template, 'text').length > 0).toBe(true);
			}),
			propertyRuns,
		);
	});
});
