import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startLocal } from '../../sandbox/start/start-local.ts';

const folder = 'docs/images';
const people = [
	['Amélie', 'Durand', 'Fabrikam', 'FR'],
	['Ken', 'Sato', 'Adatum', 'JP'],
	['Priya', 'Nair', 'Northwind Traders', 'IN'],
	['Tom', 'Becker', 'Contoso', 'DE'],
	['Ana', 'Silva', 'Tailspin Toys', 'BR'],
	['ليلى', 'حداد', 'Wide World Importers', 'AE'],
] as const;
const offers = ['Backup for Teams', 'Data Quality Studio', 'Fleet Insights'];
const campaigns = ['spring', 'autumn', 'webinar'];

let posted = 0;
const toLead = () => {
	const [FirstName, LastName, Company, Country] = people[posted++ % people.length] ?? people[0];
	const Email = `someone${posted}@${Company.toLowerCase().replaceAll(' ', '')}.example`;
	return {
		UserDetails: { FirstName, LastName, Email, Phone: '+44 20 7946 0018', Country, Company, Title: 'Head of IT' },
		LeadSource: 'AzureMarketplace',
		ActionCode: ['INS', 'PLT'][posted % 2],
		OfferTitle: offers[posted % offers.length],
		Description: JSON.stringify({ utm_campaign: campaigns[posted % campaigns.length], visit: posted }),
	};
};

/** The pictures of docs/board.md: the app that runs here with its sandbox. */
export async function pictureBoard(browser: Browser): Promise<void> {
	const local = await startLocal();
	try {
		const post = (body: string) => fetch(local.intakeUrl, { method: 'POST', body });
		const cutOff = (dataverse: object | null) =>
			fetch(`${local.sandboxUrl}/faults`, { method: 'PUT', body: JSON.stringify({ dataverse }) });
		const settle = () => setTimeout(3000);
		for (let count = 0; count < 14; count++) await post(JSON.stringify(toLead()));
		await post('{"hello":"world"}');
		await settle();
		await cutOff({
			status: 400,
			code: '0x80048408',
			body: { error: { code: '0x80048408', message: 'The value of jobtitle is out of range.' } },
		});
		await post(JSON.stringify(toLead()));
		await settle();
		const idIn = async (path: string) =>
			/\/board\/leads\/([0-9a-f-]{36})/.exec(await (await fetch(local.boardUrl + path)).text())?.[1] ?? '';
		const parked = await idIn('/leads?state=parked');
		// Someone has tried it again, in vain.
		await fetch(`${local.boardUrl}/act`, {
			method: 'POST',
			headers: { 'sec-fetch-site': 'same-origin' },
			body: new URLSearchParams({ action: 'replay', id: parked, note: 'The column jobtitle is longer now' }),
		});
		await settle();
		await cutOff({ status: 403 });
		for (let count = 0; count < 3; count++) await post(JSON.stringify(toLead()));
		await settle();

		const goOn = async (page: Page) => {
			await page.getByLabel('Choose all on this page').check();
			await page.getByRole('button', { name: 'Go on' }).click();
			await page.getByRole('heading', { name: /^Try .* now/ }).waitFor();
		};
		const delivered = await idIn('/leads?state=delivered&until=P0D');
		/** Name of the picture; path; width; scheme; what is done there first. */
		const pictures: [name: string, path: string, width: number, scheme: 'light' | 'dark', before?: (page: Page) => Promise<void>][] = [
			['board-today', '', 1100, 'light'],
			['board-today-phone', '', 390, 'dark'],
			['board-leads', '/leads', 1100, 'light'],
			['board-leads-phone', '/leads?state=pending', 390, 'light'],
			['board-lead', `/leads/${parked}`, 1100, 'light'],
			['board-lead-dark', `/leads/${delivered}`, 1100, 'dark'],
			['board-confirm', '/leads?state=pending', 1100, 'light', goOn],
			['board-rejected-phone', '/rejected', 390, 'light'],
		];
		for (const [name, path, width, colorScheme, before] of pictures) {
			const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
			await page.goto(local.boardUrl + path, { waitUntil: 'load' });
			await before?.(page);
			const height = Math.min(1600, await page.evaluate(() => document.documentElement.scrollHeight));
			await page.setViewportSize({ width, height });
			for (const frame of page.frames()) await frame.waitForLoadState('load');
			await setTimeout(300); // a mail in its frame is painted a little later
			const file = join(folder, `${name}.png`);
			await page.screenshot({ path: file });
			await page.close();
			console.log(file);
		}
	} finally {
		await local.stop();
	}
}
