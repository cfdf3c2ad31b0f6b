import { expect, it } from '@jest/globals';
import { perTemplate } from '../../../shared/templates/per-template.ts';

it('works it out once for each template', () => {
	const worked: string[] = [];
	const lengthOf = perTemplate((template) => {
		worked.push(template);
		return template.length;
	});
	expect(['{{name}}', '', '{{name}}', ''].map(lengthOf)).toEqual([8, 0, 8, 0]);
	expect(worked).toEqual(['{{name}}', '']);
});
