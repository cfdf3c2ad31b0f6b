import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../shared/templates/check-template.ts';
import { renderHtml } from '../../shared/templates/render-html.ts';
import { renderLine } from '../../shared/templates/render-text.ts';
import { templateView } from '../../shared/templates/template-view.ts';
import { templateSource } from '../support/template-source.ts';

const text = readFileSync('docs/templates.md', 'utf8');
const blocks = (language: string) =>
	[...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block.trim());
const rows = (after: string) =>
	[...(text.split(after)[1]?.split('\n\n')[0] ?? '').matchAll(/^\| `(.*?)` \| (.*) \|$/gm)].map(([, written = '', given = '']) => ({
		written,
		given,
	}));

const wrong = rows('| written | said |');
const language = rows('| written | gives |');

describe('docs/templates.md', () => {
	it('shows a subject that can be rendered', () => {
		const [subject = ''] = blocks('mustache');
		expect(renderLine(subject, templateView(templateSource()))).toEqual({
			ok: true,
			text: 'Contact me: Ada Lovelace, Analytical Engines Ltd [#1a2b3c4d]',
		});
	});

	it('shows a body that can be rendered', () => {
		const [body = ''] = blocks('html');
		expect(renderHtml(body, templateView(templateSource({}, { links: { mail: 'mailto:a@b.example' } })))).toMatchObject({
			ok: true,
			text: expect.stringContaining('href="https://crm.contoso.com/search?q=Analytical%20Engines%20Ltd" title="Analytical Engines Ltd"'),
		});
	});

	it.each(language)('lists $written as a part of the language', ({ written }) => {
		expect(checkTemplate(written, 'text')).toEqual([]);
	});

	it.each(wrong)('says of $written what is said', ({ written, given }) => {
		expect(checkTemplate(written, 'html')).toContain(given);
	});

	it('has rows to check', () => {
		expect([language.length, wrong.length]).toEqual([5, 5]);
	});
});
