import { expect, it } from '@jest/globals';
import { escapeHtml } from '../../../shared/templates/render-html.ts';

it('leaves no character that could end a text or an attribute', () => {
	expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;');
});
