import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const pages = [
	...readdirSync('.'),
	...readdirSync('docs', { recursive: true }).map((name) => join('docs', String(name))),
	'infra/README.md',
].filter((path) => path.endsWith('.md'));

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Where a page's links lead to, but for those that leave the repository. */
const linksOf = (page: string) =>
	[...withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target = '']) => target)
		.filter((target) => !/^\w+:/.test(target));

/** The headings of a page, as GitHub names them in a link. */
const anchorsOf = (page: string) =>
	[
		...readFileSync(page, 'utf8')
			.replace(/^```[\s\S]*?^```/gm, '')
			.matchAll(/^#+ (.*)$/gm),
	].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{M}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);

describe('the Markdown', () => {
	it('passes markdownlint', () => {
		const { stderr, status } = spawnSync(process.execPath, ['node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs'], {
			encoding: 'utf8',
		});
		expect(stderr).toBe('');
		expect(status).toBe(0);
	});

	it.each(pages)('%s links to what there is', (page) => {
		const dead = linksOf(page).filter((target) => {
			const [path = '', anchor] = target.split('#');
			const file = path ? join(dirname(page), path) : page;
			return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
		});
		expect(dead).toEqual([]);
	});

	it('is looked at, link by link', () => {
		expect(pages).toContain('README.md');
		expect(linksOf('docs/operate.md')).toEqual(expect.arrayContaining(['#was-a-lead-lost', 'deploy.md#rotating-the-key']));
		expect(anchorsOf('docs/operate.md')).toContain('was-a-lead-lost');
	});
});
