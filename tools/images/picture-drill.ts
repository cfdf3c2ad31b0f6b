import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startLocal } from '../../sandbox/start/start-local.ts';
import { readSample } from '../post/samples.ts';

const folder = 'docs/images';
const samples = ['free-text-description', 'campaign-description', 'long-values', 'offer-title-only', 'right-to-left'];

/** The part of a page, with some air around it. */
async function take(page: Page, name: string, part: string): Promise<void> {
	await page.setViewportSize({ width: 900, height: 2400 });
	const box = await page.locator(part).boundingBox();
	if (!box) throw new Error(`${part} is not on the page`);
	const path = join(folder, `${name}.png`);
	const air = 16;
	const { x, y, width, height } = box;
	await page.screenshot({ path, clip: { x: x - air, y: y - air, width: width + 2 * air, height: height + 2 * air } });
	console.log(path);
}

/** The pictures of the outage drill: the app that npm start runs, its CRM cut off while leads are posted. */
export async function pictureDrill(browser: Browser): Promise<void> {
	const local = await startLocal();
	try {
		const page = await browser.newPage({ viewport: { width: 900, height: 1000 }, locale: 'en-GB', timezoneId: 'UTC' });
		await page.goto(`${local.sandboxUrl}/`);
		await page.getByRole('button', { name: 'Cut off Dataverse' }).click();
		await page.getByText('Dataverse is cut off').waitFor();
		for (const name of samples) await fetch(local.intakeUrl, { method: 'POST', body: readSample(name).body });
		const board = await browser.newPage({ viewport: { width: 900, height: 1000 }, locale: 'en-GB', timezoneId: 'UTC' });
		const isPaused = async () => {
			await board.goto(local.boardUrl);
			return (await board.getByText('paused', { exact: true }).count()) > 0;
		};
		while (!(await isPaused()));
		await take(board, 'drill-board', '[aria-labelledby=destinations]');
		await take(page, 'drill', '.drill');
	} finally {
		await local.stop();
	}
}
