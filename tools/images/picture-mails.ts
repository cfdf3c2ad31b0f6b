import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { composeMail } from '../../shared/destinations/email/compose-mail.ts';
import { readLead } from '../../shared/lead/read-lead.ts';
import { readSample } from '../post/samples.ts';
import { pictureWebhooks } from './picture-webhooks.ts';

const folder = 'docs/images';
const recordUrl = 'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=1&pagetype=entityrecord';

/** Name of the picture; the fixture whose lead it shows; the width of the window in pixels. */
const pictures: [name: string, fixture: string, width: number, scheme: 'light' | 'dark'][] = [
	['mail-360-light', 'free-text-description', 360, 'light'],
	['mail-360-dark', 'free-text-description', 360, 'dark'],
	['mail-600-light', 'campaign-description', 600, 'light'],
	['mail-600-dark', 'campaign-description', 600, 'dark'],
	['mail-1200-light', 'free-text-description', 1200, 'light'],
	['mail-1200-dark', 'free-text-description', 1200, 'dark'],
	['mail-long', 'long-values', 600, 'light'],
	['mail-missing', 'offer-title-only', 600, 'light'],
	['mail-right-to-left', 'right-to-left', 600, 'light'],
	['mail-do-not-contact', 'do-not-contact', 600, 'light'],
];

/** A sample's lead on its way. */
function requestOf(name: string) {
	const reading = readLead(readSample(name).body);
	if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
	const receivedAt = new Date('2026-11-23T22:46:10.123Z');
	return { leadId: '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d', receivedAt, attempt: 1, lead: reading.lead, recordUrl };
}

/** The pictures of mails and of what is posted to webhooks: what is sent, in the browser. */
export async function pictureMails(browser: Browser): Promise<void> {
	for (const [name, fixture, width, colorScheme] of pictures) {
		const page = await browser.newPage({ viewport: { width, height: 740 }, colorScheme });
		const { message } = composeMail(requestOf(fixture), { to: [], cc: [], locale: 'en-GB', timeZone: 'UTC' });
		await page.setContent(message.body?.content ?? '');
		const path = join(folder, `${name}.png`);
		// The whole mail, but of a very long one no more than shows how it goes on.
		const height = Math.min((await page.evaluate('document.documentElement.scrollHeight')) as number, 1000);
		await page.screenshot({ path, clip: { x: 0, y: 0, width, height }, fullPage: true });
		await page.close();
		console.log(path);
	}
	await pictureWebhooks(browser, folder, requestOf);
}
