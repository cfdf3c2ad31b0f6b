import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import { requestOfFixture } from '../../../support/delivery-request.ts';

const executablePath = '/usr/bin/chromium';
const skipped = !existsSync(executablePath) && process.env.CI !== 'true';
if (skipped) console.warn(`SKIPPED: mails in a browser; there is no ${executablePath}`);

const names = ['free-text-description', 'do-not-contact', 'offer-title-only', 'markup-everywhere', 'long-values'];
const recordUrl = 'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=1&pagetype=entityrecord';

/** What of a mail is seen: the words, the buttons' and the warnings'. */
const seen =
	'Array.from(document.querySelectorAll(".key a, .alarm, .notice, th, td"), (one) => one.checkVisibility() && one.getBoundingClientRect().height > 0 ? one.innerText.replace(/\\s+/g, " ") : "unseen")';
const withoutColours = (html: string) =>
	html.replace(/<style>.*?<\/style>/s, '').replace(/(?:background-color|background|color):[^;"]*/g, '');

(skipped ? describe.skip : describe)('a mail on a phone of 360 px', () => {
	let browser: Browser;
	let page: Page;
	beforeAll(async () => {
		browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
		page = await browser.newPage({ viewport: { width: 360, height: 740 } });
	}, 30_000);
	afterAll(() => browser?.close());

	it.each(names)(
		'can be read by everybody, in light and dark, and tapped on: %s',
		async (name) => {
			await page.setContent(
				composeMail({ ...requestOfFixture(name), recordUrl }, { to: [], cc: [], locale: 'en-GB', timeZone: 'UTC' }).message.body?.content ??
					'',
			);
			await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				// Landmarks are for pages that have more than one part.
				const rules = '{ region: { enabled: false }, "landmark-one-main": { enabled: false } }';
				const { violations, passes } = (await page.evaluate(`axe.run(document, { rules: ${rules} })`)) as AxeResults;
				const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
				expect([colorScheme, found]).toEqual([colorScheme, []]);
				expect(passes.map(({ id }) => id)).toContain('color-contrast');
			}
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
			const inFull = await page.evaluate(seen);
			expect(inFull).not.toContain('unseen');
			const heights = 'Array.from(document.querySelectorAll(".key a"), (key) => key.getBoundingClientRect().height)';
			expect(Math.min(...((await page.evaluate(heights)) as number[]))).toBeGreaterThanOrEqual(44);
			// Clients that take every media query for true, and dark readers that leave out styles, backgrounds and colours.
			const html = await page.content();
			for (const changed of [html.replace(/@media \([^)]*\)/g, '@media all'), withoutColours(html)]) {
				await page.setContent(changed);
				expect(await page.evaluate(seen)).toEqual(inFull);
			}
			const brought = 'document.querySelectorAll("body script, svg, iframe, b, u, i, [onerror], [onload]").length';
			expect(await page.evaluate(brought)).toBe(0);
		},
		20_000,
	);
});
