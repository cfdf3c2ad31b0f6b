import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../../shared/templates/check-template.ts';

describe('checking a template', () => {
	it.each([
		'',
		'no names } { at all {',
		'{{marks}} {{ actionInWords }}: {{name}}{{#company}}, {{company}}{{/company}}{{^company}}alone{{/company}}',
		'{{#company}}{{.}}{{/company}}',
		'{{! a note with {{ in it }}',
		'{{#campaignList}}{{name}}={{value}}, {{company}}{{/campaignList}}{{^campaignList}}none{{/campaignList}}',
		'{{campaign.mktcmpid}} {{campaign.__proto__}} {{#unknown.License}}{{unknown.License}}{{/unknown.License}}',
		'{{#isTest}}test{{/isTest}} {{doNotContact}}',
		'{{#earlier}}{{earlier.reference}}, {{earlier.daysAgo}} days ago{{/earlier}}',
	])('finds nothing in %s', (template) => {
		expect({ text: checkTemplate(template, 'text'), html: checkTemplate(template, 'html') }).toEqual({ text: [], html: [] });
	});

	it.each([
		['{{compny}}', 'holds {{compny}}, which is not known; did you mean {{company}}?'],
		['{{Company}}', 'holds {{Company}}, which is not known; did you mean {{company}}?'],
		['{{#compny}}x{{/compny}}', 'holds {{#compny}}, which is not known; did you mean {{company}}?'],
		['{{weather}}', 'holds {{weather}}, which is not known'],
		['{{company.constructor.name}}', 'holds {{company.constructor.name}}, which is not known'],
		['{{constructor}}', 'holds {{constructor}}, which is not known'],
		['{{__proto__}}', 'holds {{__proto__}}, which is not known'],
		['{{campaign}}', 'holds {{campaign}}, which is not known; did you mean {{campaign.…}}?'],
		['{{campain.mktcmpid}}', 'holds {{campain.mktcmpid}}, which is not known; did you mean {{campaign.…}}?'],
		['{{unknown}}', 'holds {{unknown}}, which is not known; did you mean {{unknown.…}}?'],
		['{{links}}', 'holds {{links}}, which is not known; did you mean {{links.mail}}?', 'html'],
		['{{parts.header}}', 'holds {{parts.header}}, which is not known', 'html'],
		['{{parts.top}}', 'holds {{parts.top}}, which is not known'],
		['{{a..b}}', 'holds {{a..b}}, which is not known'],
		['{{company|upper}}', 'holds {{company|upper}}, which is not known'],
		['{{}}', 'holds {{}}, which is not known'],
		['{{.}}', 'holds {{.}}, which has no value there'],
		['{{#campaignList}}{{.}}{{/campaignList}}', 'holds {{.}}, which has no value there'],
		['{{value}}', 'holds {{value}}, which is not known'],
		['{{campaignList}}', 'holds {{campaignList}}, which is a list: write {{#campaignList}}{{name}}: {{value}}{{/campaignList}}'],
		['{{#campaignList}}{{#unknownList}}x{{/unknownList}}{{/campaignList}}', 'holds {{#unknownList}}, a list inside a list'],
		['{{{name}}}', 'holds {{{name}}}: values are always escaped, write {{name}}'],
		['{{& name }}', 'holds {{&name}}: values are always escaped, write {{name}}'],
		['{{> part}}', 'holds {{>part}}: partials are not supported'],
		['{{=<% %>=}}', 'holds {{=<% %>=}}: the delimiters cannot be changed'],
		['{{name', 'opens {{ at character 1 and does not close it with }}'],
		['a {{#company}}b', 'opens {{#company}} and does not close it with {{/company}}'],
		['{{/company}}', 'closes {{/company}}, which was not opened'],
		['{{#name}}{{#company}}{{/name}}{{/company}}', 'closes {{/name}} before {{/company}}'],
	])('finds what is wrong in %s', (template, problem, place: string = 'text') => {
		expect(checkTemplate(template, place as 'text')).toContain(problem);
	});

	it('shortens a name that is long, and says the same thing once', () => {
		expect(checkTemplate(`{{${'x'.repeat(5000)}}}`.repeat(3), 'text')).toEqual([`holds {{${'x'.repeat(40)}…}}, which is not known`]);
	});
});

describe('checking a template for HTML', () => {
	it.each([
		'<p>{{name}}</p>',
		'<p title="{{name}}" class=\'{{company}}\'>1 < 2 {{name}} <3</p>',
		'<a href="{{links.mail}}">{{name}}</a><img src="https://contoso.com/logo.png?o={{offer}}" alt="">',
		'<td{{#isTest}} class="test"{{/isTest}}>{{#company}}<b>{{company}}</b>{{/company}}</td><br/><hr />',
		'<!-- a comment --><!doctype html><style>p { color: red }</style>{{name}}',
		'{{#campaignList}}<tr><th>{{name}}</th><td>{{value}}</td></tr>{{/campaignList}}',
		'<a title="{{#company}}{{company}} {{/company}}{{name}}" disabled data-x=1>x</a>',
		'<TABLE><tr><td>{{#company}}<P>{{company}}<br></p>{{/company}}</td></tr></table><!--[if mso]></td><![endif]--><img alt="">',
		`<p>${'x'.repeat(29_993)}</p>`,
		'{{parts.top}}{{#parts.notices}}<hr>{{parts.notices}}{{/parts.notices}}',
	])('finds nothing in %s', (template) => {
		expect(checkTemplate(template, 'html')).toEqual([]);
	});

	it.each([
		['<p style="color:{{company}}">', 'holds {{company}} in the attribute style, where no value is safe'],
		['<p onclick="{{company}}">', 'holds {{company}} in the attribute onclick, where no value is safe'],
		['<a href="javascript:x({{company}})">', 'holds {{company}} in the attribute href, where no value is safe'],
		['<style>p { color: {{company}} }</style>', 'holds {{company}} inside <style>, where no value is safe'],
		['<SCRIPT>{{company}}</SCRIPT>', 'holds {{company}} inside <script>, where no value is safe'],
		['<style>{{company}}', 'holds {{company}} inside <style>, where no value is safe'],
		['<!-- {{company}} -->', 'holds {{company}} in an HTML comment, where no value is safe'],
		['<p {{company}}>', 'holds {{company}} inside an HTML tag, where no value is safe'],
		['<p title={{company}}>', 'holds an HTML tag that is not well-formed at character 1'],
		['<p title="{{company}}>x', 'holds an HTML tag that is not well-formed at character 1'],
		['<{{company}}>', 'holds an HTML tag that is not well-formed at character 1'],
		['<p{{company}}>', 'holds {{company}} inside an HTML tag, where no value is safe'],
		['</{{company}}>', 'holds an HTML tag that is not well-formed at character 1'],
		['<a/href="{{company}}">', 'holds an HTML tag that is not well-formed at character 1'],
		['<p title="{{#company}}">{{/company}}', 'ends the section {{/company}} in another place of the HTML than it begins'],
		['<p title="{{#company}}" class="{{/company}}">', 'ends the section {{/company}} in another place of the HTML than it begins'],
		['<p title="{{parts.top}}">', 'holds {{parts.top}} inside an HTML tag: it is HTML itself'],
		[
			'é{{! a note }}<p>{{name}} {{#company}}x{{/company}}</p><p title={{name}}>',
			'holds an HTML tag that is not well-formed at character 56',
		],
		['</td></tr></table><div>', 'closes an HTML tag at character 1 that is not the last one opened'],
		['{{name}}<p>a</P></p>', 'closes an HTML tag at character 17 that is not the last one opened'],
		['<b><i>{{name}}</b></i>', 'closes an HTML tag at character 15 that is not the last one opened'],
		['</br>', 'closes an HTML tag at character 1 that is not the last one opened'],
		['{{name}}<div><br></div><div>{{name}}', 'opens an HTML tag at character 24 and does not close it'],
		['<style>p { color: red }', 'opens an HTML tag at character 1 and does not close it'],
		['{{#company}}<b>{{/company}}x</b>', 'ends the section {{/company}} in another place of the HTML than it begins'],
		['<b>{{#company}}</b><b>{{/company}}</b>', 'ends the section {{/company}} in another place of the HTML than it begins'],
		['é'.repeat(15_001), 'is longer than 30,000 bytes'],
		['{{^company}}<p title="{{/company}}{{name}}">', 'ends the section {{/company}} in another place of the HTML than it begins'],
	])('finds what is wrong in %s', (template, problem) => {
		expect(checkTemplate(template, 'html')).toContain(problem);
	});
});
