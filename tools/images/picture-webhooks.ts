import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { sandboxEndpoints } from '../../sandbox/start/sandbox-endpoints.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import type { HookFormat } from '../../sandbox/webhooks/stand-ins.ts';
import type { DeliveryRequest } from '../../shared/delivery/destination.ts';
import { createWebhookDestination } from '../../shared/destinations/webhook/create-webhook-destination.ts';
import type { WebhookSettings } from '../../shared/destinations/webhook/webhook-settings.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';

/** Name of the picture; format; the fixture whose lead it shows; the width of the window in pixels. */
const pictures: [name: string, format: HookFormat, fixture: string, width: number, scheme: 'light' | 'dark'][] = [
	['webhook-teams-light', 'teams', 'free-text-description', 1200, 'light'],
	['webhook-teams-dark', 'teams', 'free-text-description', 1200, 'dark'],
	['webhook-teams-phone', 'teams', 'free-text-description', 390, 'light'],
	['webhook-teams-do-not-contact', 'teams', 'do-not-contact', 1200, 'light'],
	['webhook-slack-light', 'slack', 'free-text-description', 1200, 'light'],
	['webhook-slack-dark', 'slack', 'free-text-description', 390, 'dark'],
	['webhook-googlechat-light', 'googlechat', 'free-text-description', 1200, 'light'],
	['webhook-googlechat-dark', 'googlechat', 'free-text-description', 390, 'dark'],
	['webhook-hubspot', 'hubspot', 'free-text-description', 1200, 'light'],
	['webhook-salesforce', 'form', 'free-text-description', 1200, 'light'],
	['webhook-standard', 'standard', 'free-text-description', 1200, 'light'],
];

/** Each card and message as the sandbox's page shows it: sent by the app, taken by the stand-in. */
export async function pictureWebhooks(browser: Browser, folder: string, requestOf: (fixture: string) => DeliveryRequest): Promise<void> {
	const sandbox = await startSandbox({ port: 0 });
	try {
		for (const [name, format, fixture, width, colorScheme] of pictures) {
			await fetch(`${sandbox.url}/messages.json`, { method: 'DELETE' });
			const outcome = await createWebhookDestination('webhook:sales', endpoint(format, sandbox.url)).deliver(
				requestOf(fixture),
				new AbortController().signal,
			);
			if (outcome.kind !== 'delivered') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
			const [message] = (await (await fetch(`${sandbox.url}/messages.json`)).json()) as { id: string }[];
			const page = await browser.newPage({ viewport: { width, height: 1600 }, colorScheme });
			await page.goto(`${sandbox.url}/messages#${message?.id}`);
			const shown = page.locator('.shown').first();
			await shown.locator(':scope > *').first().waitFor();
			const path = join(folder, `${name}.png`);
			await shown.screenshot({ path });
			await page.close();
			console.log(path);
		}
	} finally {
		await sandbox.close();
	}
}

function endpoint(format: HookFormat, url: string): WebhookSettings {
	const named = { WEBHOOK_SALES_FORMAT: format };
	return readSettings({ ...named, ...sandboxEndpoints(named, url).settings }).own['webhook:sales'] as WebhookSettings;
}
